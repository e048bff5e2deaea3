using FsCheck.Xunit;
using Millrace.Engine.Tests.Snapshots;
using Millrace.Engine.Tests.Support;
using Xunit;

namespace Millrace.Engine.Tests.Streams;

/// <summary>Steps, rounds and workers are invisible: every output, bad and late row, in order, the counters
/// and the live rows stay the same.</summary>
public sealed class InvarianceTests
{
    [Property(MaxTest = 10)]
    public void Output_does_not_depend_on_steps_rounds_or_workers(int seed)
    {
        List<StreamItem> items = ShopStream.Create(seed, 250);
        (string expected, string state) = Run(items, stepSize: 1, workers: 1, rowsPerLane: 2048);
        foreach (int stepSize in new[] { 7, 1024 })
        {
            foreach (int workers in new[] { 1, 2, 3 })
            {
                int rowsPerLane = stepSize == 7 ? 2048 : workers * 5;
                Assert.Equal((expected, state), Run(items, stepSize, workers, rowsPerLane));
            }
        }

        Assert.Contains("== sessions", expected, StringComparison.Ordinal);
    }

    [Property(MaxTest = 5)]
    public void Output_does_not_depend_on_threads(int seed)
    {
        List<StreamItem> items = ShopStream.Create(seed, 1500);
        EngineOptions options = new() { FewestRowsPerLane = 1, RowsPerLane = 100 };
        string expected = EngineDriver.Run(ShopGraph.Create(), items, stepSize: 1024, workers: 1).Everything();
        Recorder actual = new();
        EngineDriver.Run(new StreamEngine(ShopGraph.Create(), new ThreadPoolWorkers(4), options), items, 1024, actual);
        Assert.Equal(expected, actual.Everything());
    }

    private static (string Output, string State) Run(
        List<StreamItem> items, int stepSize, int workers, int rowsPerLane)
    {
        StreamEngine engine = EngineDriver.Engine(ShopGraph.Create(), workers, rowsPerLane);
        Recorder recorder = new();
        EngineDriver.Run(engine, items, stepSize, recorder);
        return (recorder.Everything(), EngineText.Of(engine));
    }
}
