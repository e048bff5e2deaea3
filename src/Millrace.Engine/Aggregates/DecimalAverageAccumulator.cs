using System.Runtime.CompilerServices;
using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// AVG of DECIMAL(p,s) as DECIMAL(38,max(6,s)): the sum as DECIMAL(38,s) from 0, divided as DECIMALs are. Once the sum
/// has overflowed the average is NULL for good.
/// </summary>
internal sealed class DecimalAverageAccumulator(SqlType resultType, int scale) : Accumulator(resultType)
{
    private Int128[] sums = [];
    private long[] counts = [];
    private GroupBits overflowed = new();

    public override long StateBytes =>
        (sums.LongLength * Unsafe.SizeOf<Int128>()) + (counts.LongLength * sizeof(long)) + overflowed.Bytes;

    public override void EnsureGroups(int groups)
    {
        GroupArray.Ensure(ref sums, groups);
        GroupArray.Ensure(ref counts, groups);
        overflowed.EnsureGroups(groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        Int128[] values = ((FixedVector<Int128>)argument!).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            if (argument.IsNull(rows[i]))
            {
                continue;
            }

            int group = groups[i];
            Int128 sum = sums[group] + values[rows[i]];
            counts[group]++;
            if (DecimalMath.Fits(sum, DecimalMath.MaxPrecision))
            {
                sums[group] = sum;
            }
            else
            {
                sums[group] = 0;
                overflowed.Set(group);
            }
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        Int128[] values = ((FixedVector<Int128>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            int group = groups[i];
            SqlType type = ResultType;
            if (counts[group] == 0 || overflowed[group] || !DecimalMath.TryDivide(
                sums[group], scale, counts[group], 0, type.Precision, type.Scale, out values[targetRows[i]]))
            {
                target.SetNull(targetRows[i]);
            }
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            sums[group] = 0;
            counts[group] = 0;
            overflowed.Unset(group);
        }
    }

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        GroupArray.Save(sums, groups, target);
        GroupArray.SaveCounts(counts, groups, target);
        overflowed.Save(groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.Load(sums, groups, ref source);
        GroupArray.LoadCounts(counts, groups, ref source);
        overflowed.Load(groups, ref source);
    }
}
