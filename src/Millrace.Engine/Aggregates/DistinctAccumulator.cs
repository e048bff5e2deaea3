using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>SUM and AVG of DISTINCT values: the aggregate of the rows that a filter lets through.</summary>
internal sealed class DistinctAccumulator(DistinctFilter filter, Accumulator inner) : Accumulator(inner.ResultType)
{
    public override long StateBytes => filter.StateBytes + inner.StateBytes;

    public override void EnsureGroups(int groups)
    {
        filter.EnsureGroups(groups);
        inner.EnsureGroups(groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        filter.Select(groups, argument!, rows);
        inner.Update(filter.NewGroups, argument, filter.NewRows);
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows) =>
        inner.Emit(groups, target, targetRows);

    public override void Clear(ReadOnlySpan<int> groups)
    {
        filter.Clear(groups);
        inner.Clear(groups);
    }

    internal override DictionarySaver? Shared => filter.Shared;

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        filter.Save(groups, target);
        inner.Save(groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        filter.Load(groups, ref source);
        inner.Load(groups, ref source);
    }
}
