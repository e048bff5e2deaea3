using System.Buffers.Binary;

namespace Millrace.Engine.Operators;

/// <summary>The key bytes of a group.</summary>
internal delegate ReadOnlySpan<byte> KeyOfGroup(int owner, int group);

/// <summary>
/// Sorts groups by their key bytes. Keys of one window mostly begin alike, so the eight bytes behind what all have in
/// common are taken as a number; only where these agree are whole keys looked at. Keeps its memory; not thread-safe.
/// </summary>
internal sealed class KeySorter
{
    private const int FewEnoughToCompare = 16;

    private ulong[] prefixes = [];

    public void Sort(Span<GroupReference> groups, KeyOfGroup keyOf)
    {
        if (prefixes.Length < groups.Length)
        {
            prefixes = new ulong[Math.Max(groups.Length, prefixes.Length * 2)];
        }

        Sort(groups, prefixes.AsSpan(0, groups.Length), keyOf, -1);
    }

    private static void Sort(Span<GroupReference> groups, Span<ulong> prefixes, KeyOfGroup keyOf, int knownCommon)
    {
        if (groups.Length < 2)
        {
            return;
        }

        int common = CommonLength(groups, keyOf);
        if (groups.Length <= FewEnoughToCompare || common <= knownCommon)
        {
            groups.Sort((a, b) => keyOf(a.Owner, a.Group).SequenceCompareTo(keyOf(b.Owner, b.Group)));
            return;
        }

        for (int i = 0; i < groups.Length; i++)
        {
            prefixes[i] = Prefix(keyOf(groups[i].Owner, groups[i].Group)[common..]);
        }

        prefixes.Sort(groups);
        for (int from = 0; from < groups.Length;)
        {
            int to = from + 1;
            while (to < groups.Length && prefixes[to] == prefixes[from])
            {
                to++;
            }

            Sort(groups[from..to], prefixes[from..to], keyOf, common);
            from = to;
        }
    }

    private static int CommonLength(ReadOnlySpan<GroupReference> groups, KeyOfGroup keyOf)
    {
        ReadOnlySpan<byte> first = keyOf(groups[0].Owner, groups[0].Group);
        int common = first.Length;
        foreach (GroupReference group in groups)
        {
            common = first[..common].CommonPrefixLength(keyOf(group.Owner, group.Group));
        }

        return common;
    }

    // Shorter keys are filled up with zeros; whole keys decide between those that then look equal.
    private static ulong Prefix(ReadOnlySpan<byte> key)
    {
        if (key.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(key);
        }

        Span<byte> filled = stackalloc byte[sizeof(ulong)];
        filled.Clear();
        key.CopyTo(filled);
        return BinaryPrimitives.ReadUInt64BigEndian(filled);
    }
}
