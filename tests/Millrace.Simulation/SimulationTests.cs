using Xunit;
using Xunit.Abstractions;

namespace Millrace.Simulation;

/// <summary>
/// The process's whole logic on a disk, a clock and a scheduler that do their worst; see <see cref="SimulatedRun"/>.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 1000;

    [Fact]
    public void A_thousand_runs_keep_every_promise()
    {
        Campaign campaign = new();
        Parallel.For(0, Seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, campaign.Run);
        output.WriteLine(campaign.ToString());
        Assert.True(
            campaign.Failures.IsEmpty, string.Join("\n\n", campaign.Failures.OrderBy(f => f.Key).Select(f => f.Value)));
        Assert.Equal(Seeds, campaign.Runs);
    }

    /// <summary>A seed replays everything: else a failure that was found could not be looked at.</summary>
    [Theory]
    [InlineData(17)]
    [InlineData(4711)]
    [InlineData(90210)]
    public void The_same_seed_is_the_same_run(int seed) => Assert.Equal(SimulatedRun.Of(seed), SimulatedRun.Of(seed));

    [Fact]
    public void Another_seed_is_another_run() =>
        Assert.NotEqual(SimulatedRun.Of(1).TraceHash, SimulatedRun.Of(2).TraceHash);
}
