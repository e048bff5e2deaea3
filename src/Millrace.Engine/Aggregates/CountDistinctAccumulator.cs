using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>COUNT(DISTINCT x), exact: the sizes of the sets.</summary>
internal sealed class CountDistinctAccumulator(DistinctFilter filter, SqlType resultType) : Accumulator(resultType)
{
    public override long StateBytes => filter.StateBytes;

    public override void EnsureGroups(int groups) => filter.EnsureGroups(groups);

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows) =>
        filter.Select(groups, argument!, rows);

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        long[] values = ((FixedVector<long>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            values[targetRows[i]] = filter.Count(groups[i]);
        }
    }

    public override void Clear(ReadOnlySpan<int> groups) => filter.Clear(groups);

    internal override DictionarySaver? Shared => filter.Shared;

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        filter.Save(groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        filter.Load(groups, ref source);
    }
}
