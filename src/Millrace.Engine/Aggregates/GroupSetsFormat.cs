using System.Runtime.CompilerServices;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>How the sets of groups stand in a snapshot: their sizes, then all their values in order.</summary>
internal sealed class GroupSetsFormat<T>(GroupSets<T> sets, ValueCodec<T> codec)
    where T : unmanaged, IEquatable<T>
{
    private int[] counts = [];
    private T[] values = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        int total = 0;
        foreach (int group in groups)
        {
            target.Count(sets.Count(group));
            total += sets.Count(group);
        }

        GroupArray.Ensure(ref values, total);
        int at = 0;
        foreach (int group in groups)
        {
            sets.Values(group).CopyTo(values.AsSpan(at));
            at += sets.Count(group);
        }

        codec.Save(values.AsSpan(0, total), target);
    }

    /// <summary>Fills sets, which are empty; -1 is none. Returns the sizes of all; good until the next call.</summary>
    public ReadOnlySpan<int> Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.Ensure(ref counts, groups.Length);
        int total = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            counts[i] = source.Count();
            total = checked(total + counts[i]);
        }

        if (total > source.Remaining)
        {
            throw new SnapshotDamagedException("sets have more values than the block");
        }

        GroupArray.Ensure(ref values, total);
        codec.Load(groups, counts.AsSpan(0, groups.Length), values.AsSpan(0, total), ref source);
        int at = 0;
        for (int i = 0; i < groups.Length; at += counts[i], i++)
        {
            if (groups[i] >= 0)
            {
                Fill(groups[i], values.AsSpan(at, counts[i]));
            }
        }

        return counts.AsSpan(0, groups.Length);
    }

    private void Fill(int group, ReadOnlySpan<T> set)
    {
        sets.Fill(group, set);
        foreach (T value in set)
        {
            codec.Hold(value);
        }
    }
}
