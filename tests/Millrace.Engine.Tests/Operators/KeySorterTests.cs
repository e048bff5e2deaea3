using FsCheck.Xunit;
using Millrace.Engine.Operators;
using Xunit;

namespace Millrace.Engine.Tests.Operators;

/// <summary>Groups come out in the order of their whole keys, however the keys begin and end.</summary>
public sealed class KeySorterTests
{
    [Property(MaxTest = 200)]
    public void Keys_are_sorted_as_bytes(int seed)
    {
        Random random = new(seed);
        byte[][] keys = [.. Enumerable.Range(0, 300).Select(_ => Key(random)).DistinctBy(Convert.ToHexString)];
        GroupReference[] groups = [.. Enumerable.Range(0, keys.Length).Select(i => new GroupReference(0, i, i))];
        new KeySorter().Sort(groups, (_, group) => keys[group]);
        string[] expected = [.. keys.OrderBy(k => k, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .Select(Convert.ToHexString)];
        Assert.Equal(expected, groups.Select(g => Convert.ToHexString(keys[g.Group])));
    }

    // Few byte values and long common parts, zeros at the end: what prefixes cannot tell apart.
    private static byte[] Key(Random random)
    {
        byte[] key = new byte[random.Next(30)];
        for (int i = Math.Min(key.Length, random.Next(2) * 12); i < key.Length; i++)
        {
            key[i] = (byte)(random.Next(6) == 0 ? 1 : 0);
        }

        return key;
    }
}
