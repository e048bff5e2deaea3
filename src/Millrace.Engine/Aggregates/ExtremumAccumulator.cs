using System.Numerics;
using System.Runtime.CompilerServices;
using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// MIN and MAX of values of fixed width. A value replaces only a greater (or lesser) one: so a NaN never replaces a
/// number nor is replaced, and of 0.0 and -0.0 the first stays, as in Flink.
/// </summary>
internal sealed class ExtremumAccumulator<T>(SqlType resultType, bool isMax) : Accumulator(resultType)
    where T : unmanaged, IComparisonOperators<T, T, bool>
{
    private T[] values = [];
    private readonly KnownRows known = new();
    private GroupBits hasValue = new();

    public override long StateBytes => (values.LongLength * Unsafe.SizeOf<T>()) + hasValue.Bytes;

    public override void EnsureGroups(int groups)
    {
        GroupArray.Ensure(ref values, groups);
        hasValue.EnsureGroups(groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        known.Select(argument!, ref groups, ref rows);
        T[] source = ((FixedVector<T>)argument!).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            int group = groups[i];
            T value = source[rows[i]];
            if (!hasValue[group] || (isMax ? value > values[group] : value < values[group]))
            {
                values[group] = value;
                hasValue.Set(group);
            }
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        T[] to = ((FixedVector<T>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            if (hasValue[groups[i]])
            {
                to[targetRows[i]] = values[groups[i]];
            }
            else
            {
                target.SetNull(targetRows[i]);
            }
        }
    }

    public override void Clear(ReadOnlySpan<int> groups)
    {
        foreach (int group in groups)
        {
            values[group] = default!;
            hasValue.Unset(group);
        }
    }

    internal override void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        GroupArray.Save(values, groups, target);
        hasValue.Save(groups, target);
    }

    internal override void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.Load(values, groups, ref source);
        hasValue.Load(groups, ref source);
    }
}
