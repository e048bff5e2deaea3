using FsCheck.Xunit;
using Millrace.Engine.Tests.Oracle;
using Millrace.Engine.Tests.Support;
using Xunit;

namespace Millrace.Engine.Tests.Streams;

/// <summary>The engine says what the record-by-record oracle says: rows, their order, partitions and timestamps, late
/// and bad rows.</summary>
public sealed class OracleTests
{
    [Property(MaxTest = 25)]
    public void Engine_agrees_with_the_oracle(int seed)
    {
        List<StreamItem> items = ShopStream.Create(seed, 400);
        ShopOracle oracle = new();
        for (int i = 0; i < items.Count; i++)
        {
            oracle.Take(items[i], i);
        }

        Recorder actual = EngineDriver.Run(ShopGraph.Create(), items, stepSize: 64, workers: 2, rowsPerLane: 16);
        foreach ((string name, List<string> lines) in oracle.Lines)
        {
            Assert.Equal([$"-- {name}", .. lines], [$"-- {name}", .. actual.Of(name)]);
        }

        Assert.Equal(oracle.BadClicks, actual.Of("clicks$bad").Count);
        Assert.Equal(oracle.BadClean, WithoutReason(actual.Of("clean$bad")));
        Assert.Equal(Sorted(oracle.BadEnriched), Sorted(WithoutReason(actual.Of("enriched$bad"))));
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> lines) => lines.Order(StringComparer.Ordinal);

    private static IEnumerable<string> WithoutReason(IEnumerable<string> bad) => bad.Select(line =>
    {
        string[] parts = line.Split('|', 5);
        return $"{parts[0]}|{Recorder.Canonical(System.Text.Encoding.UTF8.GetBytes(parts[4]))}";
    });
}
