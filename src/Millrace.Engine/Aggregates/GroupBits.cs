using Millrace.Engine.Snapshots;
using System.Runtime.CompilerServices;

namespace Millrace.Engine.Aggregates;

/// <summary>One bit per group.</summary>
internal struct GroupBits
{
    private ulong[] words = [];

    public GroupBits()
    {
    }

    public readonly long Bytes => words.Length * sizeof(ulong);

    public readonly bool this[int group]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (words[group >> 6] >> group & 1) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Set(int group) => words[group >> 6] |= 1UL << group;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Unset(int group) => words[group >> 6] &= ~(1UL << group);

    public void EnsureGroups(int groups) => GroupArray.Ensure(ref words, (groups + 63) >> 6);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Save(ReadOnlySpan<int> groups, SnapshotWriter target)
    {
        Span<byte> bytes = target.Reserve((groups.Length + 7) >> 3);
        for (int b = 0; b < bytes.Length; b++)
        {
            ReadOnlySpan<int> next = groups[(b * 8)..Math.Min((b * 8) + 8, groups.Length)];
            uint bits = 0;
            for (int i = 0; i < next.Length; i++)
            {
                bits |= (uint)(words[next[i] >> 6] >> next[i] & 1) << i;
            }

            bytes[b] = (byte)bits;
        }
    }

    /// <summary>Reads bits of groups whose bits are not set; -1 is nobody's.</summary>
    public readonly void Load(ReadOnlySpan<int> groups, ref SnapshotReader source)
    {
        ReadOnlySpan<byte> bytes = source.Take((groups.Length + 7) >> 3);
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0 && (bytes[i >> 3] >> (i & 7) & 1) != 0)
            {
                Set(groups[i]);
            }
        }
    }
}
