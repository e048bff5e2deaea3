using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>Arrays over group numbers, which grow to powers of two: how long they get does not depend on how groups
/// came.</summary>
internal static class GroupArray
{
    // In a column of a snapshot: so few that a great one makes few others wide.
    private const int SomeCounts = 256;

    /// <summary>Makes room for that many; new ones are zero.</summary>
    public static void Ensure<T>(ref T[] array, int groups)
    {
        if (array.Length < groups)
        {
            uint length = Math.Max(16, BitOperations.RoundUpToPowerOf2((uint)groups));
            Array.Resize(ref array, (int)Math.Min(length, (uint)Array.MaxLength));
        }
    }

    /// <summary>Writes groups' values as they lie in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Save<T>(T[] array, ReadOnlySpan<int> groups, SnapshotWriter target)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        ref byte to = ref MemoryMarshal.GetReference(target.Reserve(groups.Length * size));
        for (int i = 0; i < groups.Length; i++)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i * size), array[groups[i]]);
        }
    }

    /// <summary>Reads them; -1 is nobody's.</summary>
    public static void Load<T>(T[] array, ReadOnlySpan<int> groups, ref SnapshotReader source)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        ReadOnlySpan<byte> bytes = source.Take(checked(groups.Length * size));
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                array[groups[i]] = Unsafe.ReadUnaligned<T>(in bytes[i * size]);
            }
        }
    }

    /// <summary>Writes groups' counts, mostly small.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SaveCounts(long[] counts, ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        Span<long> some = stackalloc long[SomeCounts];
        for (int from = 0; from < groups.Length; from += SomeCounts)
        {
            ReadOnlySpan<int> next = groups[from..Math.Min(from + SomeCounts, groups.Length)];
            for (int i = 0; i < next.Length; i++)
            {
                some[i] = counts[next[i]];
            }

            target.Numbers<long>(some[..next.Length]);
        }
    }

    /// <summary>Reads them; -1 is nobody's.</summary>
    public static void LoadCounts(long[] counts, ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        Span<long> some = stackalloc long[SomeCounts];
        for (int from = 0; from < groups.Length; from += SomeCounts)
        {
            ReadOnlySpan<int> next = groups[from..Math.Min(from + SomeCounts, groups.Length)];
            source.Numbers(some[..next.Length]);
            for (int i = 0; i < next.Length; i++)
            {
                if (next[i] >= 0)
                {
                    counts[next[i]] = some[i];
                }
            }
        }
    }
}
