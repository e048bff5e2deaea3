using System.Numerics;
using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// AVG of integers: the sum in 64 bits (wrapping), divided toward zero, in the argument's type. A reduced AVG first
/// cuts the sum to that type, as SUM would.
/// </summary>
internal sealed class IntegerAverageAccumulator<T>(SqlType resultType, bool isReduced) : Accumulator(resultType)
    where T : unmanaged, IBinaryInteger<T>
{
    private long[] sums = [];
    private long[] counts = [];

    public override long StateBytes => (sums.LongLength + counts.LongLength) * sizeof(long);

    public override void EnsureGroups(int groups)
    {
        GroupArray.Ensure(ref sums, groups);
        GroupArray.Ensure(ref counts, groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        T[] values = ((FixedVector<T>)argument!).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!argument.IsNull(rows[i]))
            {
                sums[groups[i]] = unchecked(sums[groups[i]] + long.CreateTruncating(values[rows[i]]));
                counts[groups[i]]++;
            }
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        T[] values = ((FixedVector<T>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            long count = counts[groups[i]];
            if (count == 0)
            {
                target.SetNull(targetRows[i]);
                continue;
            }

            long sum = isReduced ? Cut(sums[groups[i]]) : sums[groups[i]];
            values[targetRows[i]] = T.CreateTruncating(Cut(sum / count));
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            sums[group] = 0;
            counts[group] = 0;
        }
    }

    private long Cut(long value) => ResultType.Kind switch
    {
        SqlTypeKind.TinyInt => (sbyte)value,
        SqlTypeKind.SmallInt => (short)value,
        SqlTypeKind.Int => (int)value,
        _ => value,
    };

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        GroupArray.Save(sums, groups, target);
        GroupArray.SaveCounts(counts, groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.Load(sums, groups, ref source);
        GroupArray.LoadCounts(counts, groups, ref source);
    }
}
