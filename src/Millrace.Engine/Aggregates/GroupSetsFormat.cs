using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>How the sets of groups stand in a snapshot: their sizes, then all their values in order.</summary>
internal sealed class GroupSetsFormat<T>(GroupSets<T> sets, ValueCodec<T> codec)
    where T : unmanaged, IEquatable<T>
{
    // Groups whose values are being fetched.
    private const int Ahead = 12;

    private int[] counts = [];
    private T[] values = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        GroupArray.Ensure(ref counts, groups.Length);
        int total = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            counts[i] = sets.Count(groups[i]);
            total += counts[i];
        }

        target.Numbers<int>(counts.AsSpan(0, groups.Length));
        GroupArray.Ensure(ref values, total + GroupSets<T>.Slack);
        ref T to = ref MemoryMarshal.GetArrayDataReference(values);
        for (int i = 0; i < groups.Length; i++)
        {
            if (i + Ahead < groups.Length)
            {
                sets.Prefetch(groups[i + Ahead]);
            }

            sets.CopyTo(groups[i], ref to);
            to = ref Unsafe.Add(ref to, counts[i]);
        }

        codec.Save(values.AsSpan(0, total), target);
    }

    /// <summary>Fills sets, which are empty; -1 is none. Returns the sizes of all; good until the next call.</summary>
    public ReadOnlySpan<int> Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        GroupArray.Ensure(ref counts, groups.Length);
        int total = 0;
        source.Numbers(counts.AsSpan(0, groups.Length));
        for (int i = 0; i < groups.Length; i++)
        {
            total = counts[i] >= 0 ? checked(total + counts[i]) : int.MaxValue;
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
        codec.Hold(set);
    }
}
