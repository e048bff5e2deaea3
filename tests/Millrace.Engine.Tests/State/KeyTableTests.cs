using FsCheck.Xunit;
using Millrace.Data.Keys;
using Millrace.Engine.State;
using Xunit;

namespace Millrace.Engine.Tests.State;

/// <summary>The table against a dictionary, also when all hashes are the same.</summary>
public sealed class KeyTableTests
{
    [Property(MaxTest = 100)]
    public void Numbers_are_given_in_order_of_first_appearance(byte[][] keys, bool collide)
    {
        KeyTable table = new();
        for (int round = 0; round < 2; round++)
        {
            Dictionary<string, int> expected = [];
            foreach (byte[] key in keys)
            {
                string name = Convert.ToHexString(key ?? []);
                ulong hash = collide ? 5 : Hash64.Of(key);
                int known = expected.GetValueOrDefault(name, -1);
                Assert.Equal(known, table.Find(hash, key));
                expected.TryAdd(name, expected.Count);
                Assert.Equal(expected[name], table.FindOrAdd(hash, key));
                Assert.Equal(name, Convert.ToHexString(table.Key(expected[name])));
            }

            Assert.Equal(expected.Count, table.Count);
            table.Clear();
        }
    }

    [Fact]
    public void It_grows_to_many_keys_and_shrinks_when_few_come_again()
    {
        KeyTable table = new();
        Fill(table, 50_000);
        long full = table.StateBytes;
        table.Clear();
        Fill(table, 10);
        Assert.Equal(full, table.StateBytes);
        table.Clear();
        Assert.True(table.StateBytes < full / 100);
    }

    private static void Fill(KeyTable table, int count)
    {
        for (int i = 0; i < count; i++)
        {
            byte[] key = BitConverter.GetBytes(i);
            Assert.Equal(i, table.FindOrAdd(Hash64.Of(key), key));
        }

        for (int i = 0; i < count; i++)
        {
            byte[] key = BitConverter.GetBytes(i);
            Assert.Equal(i, table.Find(Hash64.Of(key), key));
        }
    }
}
