using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Millrace.Hosting.Views;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class RowStoreTests
{
    [Property(MaxTest = 60)]
    public Property Rows_of_a_key_are_found_newest_first_as_long_as_memory_lasts()
    {
        var appends = Gen.Zip(Gen.Choose(0, 20), Gen.Choose(0, 300)).ListOf(400);
        return Prop.ForAll(appends.ToArbitrary(), rows =>
        {
            RowStore store = new(64 << 10);
            List<(string Key, string Value)> all = [];
            foreach ((int key, int length) in rows)
            {
                string value = $"{{\"n\":{all.Count},\"pad\":\"{new string('x', length)}\"}}";
                all.Add(($"k{key}", value));
                store.Append(Encoding.UTF8.GetBytes($"k{key}"), true, Encoding.UTF8.GetBytes(value), all.Count);
            }

            List<(string Key, string Value)> kept = [.. all.Skip((int)store.First)];
            Assert.Equal(store.First == 0, store.IsComplete);
            using RowSnapshot snapshot = store.Capture();
            Assert.Equal(kept.Select(r => r.Value).Reverse(), snapshot.NewestFirst().Select(Text));
            foreach (string key in kept.Select(r => r.Key).Append("absent").Distinct())
            {
                Assert.Equal(kept.Where(r => r.Key == key).Select(r => r.Value).Reverse(), Found(store, key));
            }
        });
    }

    [Fact]
    public void Old_rows_go_when_the_budget_is_used_up()
    {
        RowStore store = new(256 << 10);
        for (int i = 0; i < 20_000; i++)
        {
            store.Append(Encoding.UTF8.GetBytes($"key{i}"), true, "{\"a\":\"some text that takes room\"}"u8, i);
        }

        Assert.False(store.IsComplete);
        Assert.InRange(store.MemoryBytes, 128 << 10, 256 << 10);
        Assert.Empty(Found(store, "key0"));
        Assert.Single(Found(store, "key19999"));
    }

    [Fact]
    public void A_snapshot_does_not_change()
    {
        RowStore store = new(64 << 10);
        store.Append("k"u8, true, "1"u8, 1);
        using RowSnapshot snapshot = store.Capture();
        for (int i = 0; i < 10_000; i++)
        {
            store.Append("k"u8, true, "2"u8, 2);
        }

        Assert.Equal(["1"], snapshot.NewestFirst().Select(Text));
    }

    [Fact]
    public void Memory_is_used_again_when_nobody_reads_it()
    {
        RowStore store = new(64 << 10);
        byte[] row = new byte[100];
        Fill(store, row);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(store, row);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    private static void Fill(RowStore store, byte[] row)
    {
        for (int i = 0; i < 10_000; i++)
        {
            store.Append("key"u8, true, row, i);
        }
    }

    [Fact]
    public void Rows_without_key_are_scanned_but_not_found()
    {
        RowStore store = new(64 << 10);
        store.Append([], false, "1"u8, 1);
        store.Append([], true, "2"u8, 1);

        Assert.Equal(["2"], Found(store, ""));
        using RowSnapshot snapshot = store.Capture();
        Assert.Equal(["2", "1"], snapshot.NewestFirst().Select(Text));
    }

    private static IEnumerable<string> Found(RowStore store, string key) =>
        store.Find(Encoding.UTF8.GetBytes(key), int.MaxValue).Select(Text);

    private static string Text(StoredRow row) => Encoding.UTF8.GetString(row.Value.Span);
}
