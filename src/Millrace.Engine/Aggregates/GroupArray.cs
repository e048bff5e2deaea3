using System.Runtime.CompilerServices;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>Arrays over group numbers, which grow by doubling.</summary>
internal static class GroupArray
{
    /// <summary>Makes room for that many; new ones are zero.</summary>
    public static void Ensure<T>(ref T[] array, int groups)
    {
        if (array.Length < groups)
        {
            Array.Resize(ref array, Math.Max(groups, Math.Max(16, array.Length * 2)));
        }
    }

    /// <summary>Writes groups' values as they lie in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Save<T>(T[] array, ReadOnlySpan<int> groups, SnapshotWriter target)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        Span<byte> bytes = target.Reserve(groups.Length * size);
        for (int i = 0; i < groups.Length; i++)
        {
            Unsafe.WriteUnaligned(ref bytes[i * size], array[groups[i]]);
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
        foreach (int group in groups)
        {
            target.Unsigned((ulong)counts[group]);
        }
    }

    /// <summary>Reads them; -1 is nobody's.</summary>
    public static void LoadCounts(long[] counts, ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        foreach (int group in groups)
        {
            long count = (long)source.Unsigned();
            if (group >= 0)
            {
                counts[group] = count;
            }
        }
    }
}
