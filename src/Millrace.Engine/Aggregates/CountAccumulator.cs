using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>COUNT(*) and COUNT(x): never NULL.</summary>
internal sealed class CountAccumulator(SqlType resultType) : Accumulator(resultType)
{
    private long[] counts = [];

    public override long StateBytes => counts.LongLength * sizeof(long);

    public override void EnsureGroups(int groups) => GroupArray.Ensure(ref counts, groups);

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        long[] all = counts;
        if (argument is null || !argument.HasNulls)
        {
            foreach (int group in groups)
            {
                all[group]++;
            }

            return;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            all[groups[i]] += argument.IsNull(rows[i]) ? 0 : 1;
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        long[] values = ((FixedVector<long>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            values[targetRows[i]] = counts[groups[i]];
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            counts[group] = 0;
        }
    }

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        GroupArray.SaveCounts(counts, groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.LoadCounts(counts, groups, ref source);
    }
}
