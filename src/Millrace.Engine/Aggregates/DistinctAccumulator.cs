using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>SUM and AVG of DISTINCT values: the aggregate of the rows that a filter lets through.</summary>
internal sealed class DistinctAccumulator(DistinctFilter filter, Accumulator inner) : Accumulator(inner.ResultType)
{
    private int[] newGroups = [];
    private int[] newRows = [];

    public override long StateBytes => filter.StateBytes + inner.StateBytes;

    public override void EnsureGroups(int groups)
    {
        filter.EnsureGroups(groups);
        inner.EnsureGroups(groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        GroupArray.Ensure(ref newGroups, rows.Length);
        GroupArray.Ensure(ref newRows, rows.Length);
        int count = filter.Select(groups, argument!, rows, newGroups, newRows);
        inner.Update(newGroups.AsSpan(0, count), argument, newRows.AsSpan(0, count));
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
