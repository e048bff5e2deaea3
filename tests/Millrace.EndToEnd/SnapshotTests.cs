using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>Snapshots as an operator sees them: taken while it runs, at its end, and used at the next start.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_killed_process_starts_from_its_last_snapshot_and_says_so()
    {
        string[] arguments =
            [Checkout.Example, "--data", folder["data"], "--port", "0", "--checkpoint-interval", "100ms"];
        await using (ServedProject first = await ServedProject.StartAsync(arguments))
        {
            await first.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));
            await Eventually.Get(() => first.GetAsync("/v1/status"), IsCovered, "a snapshot of all there is");
            await first.Process.KillAsync();
        }

        await using ServedProject second = await ServedProject.StartAsync(arguments);
        JsonNode status = (await second.GetAsync("/v1/status")).Json!;
        Answer live = await second.RowsAsync("/v1/models/user_sessions/s");
        string metrics = (await second.GetAsync("/metrics")).Text;

        Assert.True((long?)status["restart"]!["snapshot"] > 0, status["restart"]!.ToJsonString());
        Assert.Empty(status["restart"]!["unusable_snapshots"]!.AsArray());
        Assert.Equal("live", (string?)Assert.Single(live.Rows)["state"]);
        Assert.Contains("\nmillrace_restart_unusable_snapshots 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nmillrace_snapshot_failures_total 0\n", metrics, StringComparison.Ordinal);
        Verb text = await Verb.OkAsync("status", "--url", second.Address);
        Assert.Contains("  started from snapshot ", text.Out, StringComparison.Ordinal);
        Assert.Equal(0, await second.TerminateAsync());
        Assert.Contains(second.Process.Error, l => l.Contains(" holds the state at ", StringComparison.Ordinal));
    }

    private static bool IsCovered(Answer status) =>
        (long)status.Json!["snapshots"]!["taken"]! > 0
        && (long)status.Json["snapshots"]!["position"]! >= (long)status.Json["log"]!["committed_position"]!
        && (long)status.Json["models"]!.AsArray().Single(m => (string?)m!["name"] == "user_sessions")!["rows_in"]! == 1;
}
