using System.Runtime.CompilerServices;
using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// SUM of DECIMAL(p,s) as DECIMAL(38,s). A sum of more than 38 digits becomes NULL, and the next value starts it
/// afresh, as in Flink; a reduced SUM stays NULL instead.
/// </summary>
internal sealed class DecimalSumAccumulator(SqlType resultType, bool isReduced) : Accumulator(resultType)
{
    private Int128[] sums = [];
    private GroupBits hasValue = new();
    private GroupBits overflowed = new();

    public override long StateBytes =>
        (sums.LongLength * Unsafe.SizeOf<Int128>()) + hasValue.Bytes + overflowed.Bytes;

    public override void EnsureGroups(int groups)
    {
        GroupArray.Ensure(ref sums, groups);
        hasValue.EnsureGroups(groups);
        overflowed.EnsureGroups(groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        Int128[] values = ((FixedVector<Int128>)argument!).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!argument.IsNull(rows[i]))
            {
                Add(groups[i], values[rows[i]]);
            }
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        Int128[] values = ((FixedVector<Int128>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            int group = groups[i];
            if (!hasValue[group] || overflowed[group])
            {
                target.SetNull(targetRows[i]);
                continue;
            }

            values[targetRows[i]] = sums[group];
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            sums[group] = 0;
            hasValue.Unset(group);
            overflowed.Unset(group);
        }
    }

    private void Add(int group, Int128 value)
    {
        Int128 sum = sums[group] + value;
        hasValue.Set(group);
        if (DecimalMath.Fits(sum, DecimalMath.MaxPrecision))
        {
            sums[group] = sum;
            return;
        }

        sums[group] = 0;
        if (isReduced)
        {
            overflowed.Set(group);
        }
        else
        {
            hasValue.Unset(group);
        }
    }

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        GroupArray.Save(sums, groups, target);
        hasValue.Save(groups, target);
        overflowed.Save(groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.Load(sums, groups, ref source);
        hasValue.Load(groups, ref source);
        overflowed.Load(groups, ref source);
    }
}
