using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>A failing continuous test tells Slack, once.</summary>
public sealed class AlertTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_lag_is_posted_to_slack_once_within_the_cooldown()
    {
        await using SlackReceiver slack = await SlackReceiver.StartAsync();
        string project = Checkout.CopyExample(folder, "tests/events_tests.yml",
            text => text.Replace("seconds: 30", "seconds: 1", StringComparison.Ordinal));
        Dictionary<string, string> environment = new() { ["SLACK_WEBHOOK"] = slack.Address + "/services/T0/secret" };
        await using ServedProject served = await ServedProject.StartAsync(project, folder["data"], environment);
        DateTimeOffset longAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await served.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click", start: longAgo));

        await Eventually.True(() => !slack.Taken.IsEmpty, "an alert");
        string first = await LagAsync(served);
        for (int look = 0; look < 3; look++)
        {
            string last = await LagAsync(served);
            await Eventually.Get(() => LagAsync(served), lag => lag != last, "another look at the lag");
        }

        (string method, string path, string? type, string body) = Assert.Single(slack.Taken);
        Assert.Equal(("POST", "/services/T0/secret"), (method, path));
        Assert.StartsWith("application/json", type, StringComparison.Ordinal);
        string text = (string?)JsonNode.Parse(body)!["text"] ?? "";
        Assert.Contains("test events_freshness fails on events_clean", text, StringComparison.Ordinal);
        Assert.Contains("max_lag: lag ", text, StringComparison.Ordinal);
        Assert.Contains("at most 1 s allowed", first, StringComparison.Ordinal);
        await IsShownAsync(served);
    }

    private static async Task IsShownAsync(ServedProject served)
    {
        string metrics = (await served.GetAsync("/metrics")).Text;
        const string condition = "{subject=\"events_freshness\",table=\"events_clean\",check=\"max_lag\"} 3";
        Assert.Contains("millrace_condition" + condition, metrics, StringComparison.Ordinal);
        Verb status = await Verb.OkAsync("status", "--url", served.Address);
        Assert.Matches("error +events_freshness max_lag", status.Out);
        Assert.Equal(0, await served.TerminateAsync());
        const string line = "error: events_freshness max_lag";
        Assert.Contains(served.Process.Error, l => l.StartsWith(line, StringComparison.Ordinal));
        Assert.Contains("alert: told slack that events_freshness fails", served.Process.Error);
        Assert.DoesNotContain("secret", served.Process.Printed + metrics + status.Printed, StringComparison.Ordinal);
    }

    private static async Task<string> LagAsync(ServedProject served) =>
        (await served.GetAsync("/v1/status")).Json!["conditions"]!.AsArray()
            .Where(c => (string?)c!["check"] == "max_lag").Select(c => (string?)c!["message"]).FirstOrDefault() ?? "";
}
