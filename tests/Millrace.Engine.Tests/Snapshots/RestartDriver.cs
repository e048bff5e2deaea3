using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;

namespace Millrace.Engine.Tests.Snapshots;

/// <summary>
/// Runs an engine over a stream as a process would that is killed again and again: steps of random sizes, snapshots
/// that are written a slice at a time beside them, and now and then a new engine, with another number of workers, that
/// takes over the newest complete chain and does the rest again. Everything follows from the seed.
/// </summary>
internal sealed class RestartDriver(EngineGraph graph, IReadOnlyList<StreamItem> items, int seed)
{
    private readonly Random random = new(seed);
    private readonly Recorder recorder = new();
    private readonly List<BlockList> chain = [];
    private StreamEngine engine = null!;
    private EngineSnapshot? snapshot;
    private BlockList blocks = new();
    private (int Next, Dictionary<string, int> Mark) begun;
    private (int Next, Dictionary<string, int> Mark) saved = (0, []);
    private int next;

    /// <summary>How many engines took over a chain, of how many snapshots at most.</summary>
    public (int Restores, int LongestChain) Done { get; private set; }

    /// <summary>Runs to the end; returns all output and what can be seen of the last engine.</summary>
    public (string Output, string State) Run()
    {
        engine = NewEngine();
        while (next < items.Count)
        {
            Step();
            Snapshot();
            if (random.Next(15) == 0)
            {
                Restart();
            }
        }

        return (recorder.Everything(), EngineText.Of(engine));
    }

    private void Step()
    {
        int size = Math.Min(items.Count - next, random.Next(3) == 0 ? 1 : random.Next(1, 20));
        EngineDriver.Run(engine, [.. items.Skip(next).Take(size)], size, recorder, next);
        next += size;
    }

    private void Snapshot()
    {
        if (snapshot is null && random.Next(2) == 0)
        {
            blocks = new BlockList();
            begun = (next, recorder.Mark());
            snapshot = engine.BeginSnapshot(random.Next(8) == 0, blocks);
        }
        else if (snapshot is not null && random.Next(60) == 0)
        {
            snapshot.Abandon();
            snapshot = null;
        }
        else if (snapshot is not null && snapshot.Advance(random.Next(3) == 0 ? 1 : random.Next(1, 30_000)))
        {
            if (snapshot.IsFull)
            {
                chain.Clear();
            }

            chain.Add(blocks);
            saved = begun;
            snapshot = null;
        }
    }

    private void Restart()
    {
        engine = NewEngine();
        if (chain.Count > 0)
        {
            RestoreReport report = engine.Restore(BlockList.Chain(chain));
            Xunit.Assert.Empty(report.Refused);
            Xunit.Assert.Equal(saved.Next - 1, report.Position);
            Done = (Done.Restores + 1, Math.Max(Done.LongestChain, chain.Count));
        }

        recorder.Rewind(saved.Mark);
        next = saved.Next;
        snapshot = null;
    }

    private StreamEngine NewEngine()
    {
        int count = random.Next(1, 4);
        IWorkers workers = random.Next(3) == 0 ? new ThreadPoolWorkers(count) : new SequentialWorkers(count);
        int rowsPerLane = random.Next(2) == 0 ? 2048 : random.Next(3, 30);
        int restoreBytes = random.Next(2) == 0 ? 1 << 20 : random.Next(1, 3000);
        return EngineDriver.Engine(graph, workers, rowsPerLane, restoreBytes);
    }
}
