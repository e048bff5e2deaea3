using System.Text;
using FsCheck.Xunit;
using Millrace.Data.Keys;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;
using Millrace.Engine.Tests.Snapshots;
using Millrace.Engine.Tests.Support;
using Xunit;

namespace Millrace.Engine.Tests.Streams;

/// <summary>A source that drops repeated records is one in which they never stood.</summary>
public sealed class DeduplicationTests
{
    private static readonly DedupRule Rule = new(KeyColumn: 0, RepeatedStream.WindowMs);

    [Property(MaxTest = 15)]
    public void Repeated_records_are_as_if_they_had_never_come(int seed)
    {
        List<StreamItem> items = RepeatedStream.Create(seed, 250);
        List<StreamItem> left = RepeatedStream.WithoutRepeated(items, out int repeated);
        (string expected, EngineStatistics expectedCounts) = Run(ShopGraph.Create(), left, stepSize: 1, workers: 1);
        foreach ((int stepSize, int workers) in new[] { (1, 1), (7, 2), (300, 3) })
        {
            (string output, EngineStatistics counts) = Run(ShopGraph.Create(Rule), items, stepSize, workers);
            Assert.Equal(expected, output);
            Assert.Equal(repeated, counts.Topics[0].Duplicates);
            Assert.Equal(expectedCounts.Topics[0].Rows, counts.Topics[0].Rows);
            Assert.Equal(expectedCounts.Topics[0].Watermark, counts.Topics[0].Watermark);
        }

        Assert.True(repeated > 0);
    }

    [Property(MaxTest = 15)]
    public void Restarts_are_invisible(int seed)
    {
        List<StreamItem> items = RepeatedStream.Create(seed, 400);
        StreamEngine undisturbed = EngineDriver.Engine(ShopGraph.Create(Rule), workers: 2);
        Recorder expected = new();
        EngineDriver.Run(undisturbed, items, stepSize: 50, expected);
        (string output, string state) = new RestartDriver(ShopGraph.Create(Rule), items, seed).Run();
        Assert.Equal(expected.Everything(), output);
        Assert.Equal(EngineText.Of(undisturbed), state);
    }

    [Property(MaxTest = 100)]
    public void Seen_keys_are_those_of_a_dictionary(int seed)
    {
        Random random = new(seed);
        SeenKeys keys = new();
        Dictionary<string, long> oracle = new(StringComparer.Ordinal);
        long now = 0;
        for (int i = 0; i < 2000; i++)
        {
            now += random.Next(3);
            string key = new('k', random.Next(1, 40));
            key += random.Next(random.Next(1, 300));
            byte[] bytes = Encoding.UTF8.GetBytes(key);
            bool isNew = !oracle.TryGetValue(key, out long time) || time <= now - 200;
            Assert.Equal(isNew, keys.TryAdd(Hash64.Of(bytes), bytes, now, now - 200));
            oracle[key] = isNew ? now : time;
            if (random.Next(10) == 0)
            {
                keys.Forget(now - 200, keys.First + random.Next(200));
            }
        }

        keys.Forget(now - 200, long.MaxValue);
        Assert.Equal(oracle.Values.Count(t => t > now - 200), keys.Next - keys.First);
        keys.Forget(now, long.MaxValue);
        Assert.Equal(keys.Next, keys.First);
    }

    [Property(MaxTest = 100)]
    public void Memory_of_keys_that_were_forgotten_is_given_back(int seed)
    {
        Random random = new(seed);
        SeenKeys keys = new();
        long least = keys.StateBytes;
        int next = 0;
        for (int round = 0; round < 3; round++)
        {
            AddKeys(keys, next, next += 20_000, time: next);
            long most = keys.StateBytes;
            int left = random.Next(2000);
            while (keys.Next - keys.First > left)
            {
                keys.Forget(long.MaxValue, Math.Min(keys.First + random.Next(1, 5000), keys.Next - left));
            }

            Assert.InRange(keys.StateBytes, least, most / 3);
            for (long number = keys.First; number < keys.Next; number++)
            {
                byte[] key = keys.Key(number, out long time).ToArray();
                Assert.Equal($"k{number}", Encoding.UTF8.GetString(key));
                Assert.False(keys.TryAdd(Hash64.Of(key), key, next, time - 1));
            }

            keys.Forget(long.MaxValue, long.MaxValue);
            Assert.Equal(least, keys.StateBytes);
        }
    }

    [Fact]
    public void Keys_stay_until_the_snapshot_has_them()
    {
        SeenKeys keys = new();
        SeenKeysState state = new(keys, "");
        AddKeys(keys, 0, 3000, time: 0);
        BlockList blocks = new();
        SnapshotWriter head = new();
        head.BeginBlock(BlockKind.Head);
        state.Begin(0, isFull: true, head);
        head.EndBlock();
        state.Advance(1, blocks, out bool isDone);
        Assert.False(isDone);
        keys.Forget(10, state.Limit);
        Assert.InRange(keys.First, 1, 2999);
        AddKeys(keys, 3000, 8000, time: 11);
        state.Advance(int.MaxValue, blocks, out isDone);
        Assert.True(isDone);

        SeenKeys loaded = new();
        SeenKeysState loading = new(loaded, "");
        head.DrainTo(blocks);
        loading.LoadHead(SnapshotReader.Open(blocks.Blocks[^1], out _));
        foreach (byte[] block in blocks.Blocks.SkipLast(1))
        {
            SnapshotReader reader = SnapshotReader.Open(block, out _);
            reader.Count(leastBytes: 0);
            loading.Load([reader.Rest.ToArray()]);
        }

        loading.FinishLoad();
        Assert.Equal((0, 3000), (loaded.First, loaded.Next));
        for (int i = 0; i < 3000; i++)
        {
            Assert.Equal($"k{i}", Encoding.UTF8.GetString(loaded.Key(i, out _)));
        }
    }

    private static void AddKeys(SeenKeys keys, int from, int to, long time)
    {
        for (int i = from; i < to; i++)
        {
            byte[] key = Encoding.UTF8.GetBytes($"k{i}");
            Assert.True(keys.TryAdd(Hash64.Of(key), key, time, long.MinValue));
        }
    }

    private static (string Output, EngineStatistics Counts) Run(
        EngineGraph graph, IReadOnlyList<StreamItem> items, int stepSize, int workers)
    {
        StreamEngine engine = EngineDriver.Engine(graph, workers, rowsPerLane: stepSize == 7 ? 2048 : 9);
        Recorder recorder = new();
        EngineDriver.Run(engine, items, stepSize, recorder);
        return (recorder.Everything(), engine.Statistics);
    }
}
