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
        IsSorted([.. Enumerable.Range(0, 300).Select(_ => Key(random)).DistinctBy(Convert.ToHexString)]);
    }

    // So many that they are distributed by the first bytes in which they differ.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void So_are_many_keys_and_it_pauses_meanwhile(int seed)
    {
        Random random = new(seed);
        int differing = seed * 256 / 3;
        byte[][] keys =
        [
            .. Enumerable.Range(0, 20_000).Select(_ => LongKey(random, differing)).DistinctBy(Convert.ToHexString),
        ];
        int pauses = 0;
        IsSorted(keys, new Pauses(1_000, () => pauses++));
        Assert.InRange(pauses, keys.Length / 1_000, int.MaxValue);
    }

    private static void IsSorted(byte[][] keys, Pauses? pauses = null)
    {
        GroupReference[] groups = [.. Enumerable.Range(0, keys.Length).Select(i => new GroupReference(0, i, i))];
        new KeySorter().Sort(groups, (_, group) => keys[group], pauses);
        string[] expected = [.. keys.OrderBy(k => k, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .Select(Convert.ToHexString)];
        Assert.Equal(expected, groups.Select(g => Convert.ToHexString(keys[g.Group])));
    }

    private static byte[] LongKey(Random random, int values)
    {
        byte[] key = new byte[8 + random.Next(20)];
        for (int i = 4; i < key.Length; i++)
        {
            key[i] = (byte)random.Next(random.Next(3) == 0 ? values : 2);
        }

        return key;
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
