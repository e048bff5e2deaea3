using System.Numerics;
using System.Runtime.CompilerServices;
using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// SUM of integers and approximate numbers, in the argument's own type: integers wrap (the narrow ones when the sum is
/// emitted, which gives the same), FLOAT adds in float. NULL when no value was added. A reduced SUM starts from 0.0.
/// </summary>
internal sealed class SumAccumulator<T>(SqlType resultType, bool isReduced) : Accumulator(resultType)
    where T : unmanaged, INumberBase<T>
{
    private T[] sums = [];
    private readonly KnownRows known = new();
    private GroupBits hasValue = new();

    public override long StateBytes => (sums.LongLength * Unsafe.SizeOf<T>()) + hasValue.Bytes;

    public override void EnsureGroups(int groups)
    {
        GroupArray.Ensure(ref sums, groups);
        hasValue.EnsureGroups(groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        known.Select(argument!, ref groups, ref rows);
        T[] values = ((FixedVector<T>)argument!).Values;
        T[] all = sums;
        GroupBits begun = hasValue;
        for (int i = 0; i < rows.Length; i++)
        {
            int group = groups[i];
            T value = values[rows[i]];
            if (begun[group])
            {
                all[group] = unchecked(all[group] + value);
                continue;
            }

            // The first value is taken, not added to zero: a lone -0.0 stays -0.0.
            all[group] = isReduced ? unchecked(all[group] + value) : value;
            begun.Set(group);
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        T[] values = ((FixedVector<T>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            if (!hasValue[groups[i]])
            {
                target.SetNull(targetRows[i]);
                continue;
            }

            values[targetRows[i]] = Wrap(sums[groups[i]]);
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            sums[group] = T.Zero;
            hasValue.Unset(group);
        }
    }

    private T Wrap(T sum) => ResultType.Kind switch
    {
        SqlTypeKind.TinyInt => T.CreateTruncating((sbyte)long.CreateTruncating(sum)),
        SqlTypeKind.SmallInt => T.CreateTruncating((short)long.CreateTruncating(sum)),
        _ => sum,
    };

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        GroupArray.Save(sums, groups, target);
        hasValue.Save(groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.Load(sums, groups, ref source);
        hasValue.Load(groups, ref source);
    }
}
