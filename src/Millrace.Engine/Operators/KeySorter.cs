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

        Sort(groups, prefixes.AsSpan(0, groups.Length), keyOf);
    }

    private static void Sort(Span<GroupReference> groups, Span<ulong> prefixes, KeyOfGroup keyOf)
    {
        if (groups.Length <= FewEnoughToCompare)
        {
            SortByWholeKeys(groups, keyOf);
            return;
        }

        int common = CommonLength(groups, keyOf);
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

            int behind = from + SortShort(groups[from..to], common + sizeof(ulong), keyOf);
            Sort(groups[behind..to], prefixes[behind..to], keyOf);
            from = to;
        }
    }

    // Of keys with one prefix those that end within it come first; they are few, and no two of one length.
    private static int SortShort(Span<GroupReference> groups, int length, KeyOfGroup keyOf)
    {
        int count = 0;
        for (int i = 0; i < groups.Length && groups.Length > 1; i++)
        {
            if (keyOf(groups[i].Owner, groups[i].Group).Length < length)
            {
                (groups[count], groups[i]) = (groups[i], groups[count]);
                count++;
            }
        }

        SortByWholeKeys(groups[..count], keyOf);
        return count;
    }

    // By insertion: there are few.
    private static void SortByWholeKeys(Span<GroupReference> groups, KeyOfGroup keyOf)
    {
        for (int i = 1; i < groups.Length; i++)
        {
            GroupReference group = groups[i];
            ReadOnlySpan<byte> key = keyOf(group.Owner, group.Group);
            int at = i;
            while (at > 0 && keyOf(groups[at - 1].Owner, groups[at - 1].Group).SequenceCompareTo(key) > 0)
            {
                groups[at] = groups[at - 1];
                at--;
            }

            groups[at] = group;
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

    // Shorter keys are filled up with zeros.
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
