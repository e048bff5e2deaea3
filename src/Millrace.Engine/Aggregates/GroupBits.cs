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
}
