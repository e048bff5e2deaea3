using System.Buffers.Binary;

namespace Millrace.Engine.Operators;

/// <summary>The key bytes of a group.</summary>
internal delegate ReadOnlySpan<byte> KeyOfGroup(int owner, int group);

/// <summary>
/// Sorts groups by their key bytes. Keys of one window mostly begin alike, so the eight bytes behind what all have in
/// common are taken as a number: by its bytes, from the first, into portions that are few enough to be sorted at once;
/// only where these numbers agree are whole keys looked at. Large windows take milliseconds, so it pauses now and then.
/// Keeps its memory; not thread-safe.
/// </summary>
internal sealed class KeySorter
{
    private const int FewEnoughToCompare = 16;
    private const int FewEnoughAtOnce = 2048;

    private ulong[] prefixes = [];
    private Pauses? pauses;

    /// <param name="groups">What is sorted.</param>
    /// <param name="keyOf">Their keys, no two the same.</param>
    /// <param name="within">Pauses, while the groups are in no order yet; null for none.</param>
    public void Sort(Span<GroupReference> groups, KeyOfGroup keyOf, Pauses? within = null)
    {
        if (prefixes.Length < groups.Length)
        {
            prefixes = new ulong[Math.Max(groups.Length, prefixes.Length * 2)];
        }

        pauses = within;
        Sort(groups, prefixes.AsSpan(0, groups.Length), keyOf);
        pauses = null;
    }

    private void Sort(Span<GroupReference> groups, Span<ulong> prefixes, KeyOfGroup keyOf)
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
            pauses?.NoteDone(1);
        }

        SortByPrefix(groups, prefixes, shift: 56);
        for (int from = 0; from < groups.Length;)
        {
            int to = from + 1;
            while (to < groups.Length && prefixes[to] == prefixes[from])
            {
                to++;
            }

            int behind = from + SortShort(groups[from..to], common + sizeof(ulong), keyOf);
            Sort(groups[behind..to], prefixes[behind..to], keyOf);
            pauses?.NoteDone(to - from);
            from = to;
        }
    }

    private void SortByPrefix(Span<GroupReference> groups, Span<ulong> prefixes, int shift)
    {
        if (groups.Length <= FewEnoughAtOnce || shift < 0)
        {
            prefixes.Sort(groups);
            pauses?.NoteDone(groups.Length);
            return;
        }

        Span<int> ends = stackalloc int[256];
        Distribute(groups, prefixes, shift, ends);
        int from = 0;
        foreach (int to in ends)
        {
            SortByPrefix(groups[from..to], prefixes[from..to], shift - 8);
            from = to;
        }
    }

    // In place: what stands at the next free place of a digit goes to its own digit's, until that digit is complete.
    private void Distribute(Span<GroupReference> groups, Span<ulong> prefixes, int shift, Span<int> ends)
    {
        ends.Clear();
        foreach (ulong prefix in prefixes)
        {
            ends[(byte)(prefix >> shift)]++;
        }

        Span<int> next = stackalloc int[256];
        for (int digit = 0, sum = 0; digit < 256; digit++)
        {
            next[digit] = sum;
            ends[digit] = sum += ends[digit];
        }

        for (int digit = 0; digit < 256; digit++)
        {
            while (next[digit] < ends[digit])
            {
                int from = next[digit];
                int to = next[(byte)(prefixes[from] >> shift)]++;
                (groups[from], groups[to]) = (groups[to], groups[from]);
                (prefixes[from], prefixes[to]) = (prefixes[to], prefixes[from]);
                pauses?.NoteDone(1);
            }
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

    private int CommonLength(ReadOnlySpan<GroupReference> groups, KeyOfGroup keyOf)
    {
        ReadOnlySpan<byte> first = keyOf(groups[0].Owner, groups[0].Group);
        int common = first.Length;
        foreach (GroupReference group in groups)
        {
            common = first[..common].CommonPrefixLength(keyOf(group.Owner, group.Group));
            pauses?.NoteDone(1);
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
