using FsCheck.Xunit;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;
using Xunit;

namespace Millrace.Engine.Tests.Snapshots;

/// <summary>An engine that takes over a snapshot goes on as the one that wrote it.</summary>
public sealed class RestartTests
{
    [Property(MaxTest = 25)]
    public void Restarts_are_invisible(int seed) => Run(seed);

    /// <summary>The driver does what it says: engines take over, from chains of several snapshots.</summary>
    [Fact]
    public void Chains_of_snapshots_are_taken_over()
    {
        (int Restores, int LongestChain)[] done = [.. Enumerable.Range(100, 5).Select(Run)];
        Assert.True(done.Sum(d => d.Restores) >= 10);
        Assert.True(done.Max(d => d.LongestChain) >= 3);
    }

    private static (int Restores, int LongestChain) Run(int seed)
    {
        List<StreamItem> items = ShopStream.Create(seed, 500);
        StreamEngine undisturbed = EngineDriver.Engine(ShopGraph.Create(), workers: 2);
        Recorder expected = new();
        EngineDriver.Run(undisturbed, items, stepSize: 50, expected);

        RestartDriver driver = new(ShopGraph.Create(), items, seed);
        (string output, string state) = driver.Run();
        Assert.Equal(expected.Everything(), output);
        Assert.Equal(EngineText.Of(undisturbed), state);
        return driver.Done;
    }
}
