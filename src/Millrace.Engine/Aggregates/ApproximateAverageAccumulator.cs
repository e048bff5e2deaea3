using System.Numerics;
using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// AVG of FLOAT and DOUBLE: the sum in double, from 0.0. A reduced AVG of FLOAT adds and divides in float.
/// </summary>
internal sealed class ApproximateAverageAccumulator<T>(SqlType resultType, bool isReduced) : Accumulator(resultType)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly bool addsFloats = isReduced && typeof(T) == typeof(float);
    private readonly KnownRows known = new();
    private double[] sums = [];
    private long[] counts = [];

    public override long StateBytes => (sums.LongLength + counts.LongLength) * sizeof(long);

    public override void EnsureGroups(int groups)
    {
        GroupArray.Ensure(ref sums, groups);
        GroupArray.Ensure(ref counts, groups);
    }

    public override void Update(ReadOnlySpan<int> groups, ColumnVector? argument, ReadOnlySpan<int> rows)
    {
        known.Select(argument!, ref groups, ref rows);
        T[] values = ((FixedVector<T>)argument!).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            double sum = sums[groups[i]] + double.CreateTruncating(values[rows[i]]);
            sums[groups[i]] = addsFloats ? (float)sum : sum;
            counts[groups[i]]++;
        }
    }

    public override void Emit(ReadOnlySpan<int> groups, ColumnVector target, ReadOnlySpan<int> targetRows)
    {
        T[] values = ((FixedVector<T>)target).Values;
        for (int i = 0; i < groups.Length; i++)
        {
            long count = counts[groups[i]];
            double sum = sums[groups[i]];
            if (count == 0)
            {
                target.SetNull(targetRows[i]);
                continue;
            }

            values[targetRows[i]] = T.CreateTruncating(addsFloats ? (float)sum / (float)count : sum / count);
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
