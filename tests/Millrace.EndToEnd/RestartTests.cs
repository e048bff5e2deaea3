using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>A process that is stopped or killed, and started again on the same folder.</summary>
public sealed class RestartTests : IDisposable
{
    private static readonly string[] Reads =
    [
        "/v1/models/user_sessions/s1", "/v1/models/user_sessions?limit=1000", "/v1/models/events_clean/s2",
        "/v1/models/events_enriched?limit=1000&order=event_id", "/v1/exposures/personalization_api/s3",
        "/v1/models/product_popularity?order=product_id&limit=1000",
    ];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_it_answers_as_before()
    {
        Dictionary<string, string> before = [];
        await using (ServedProject first = await ServedProject.StartAsync(Checkout.Example, folder["data"]))
        {
            await FillAsync(first);
            await AnswersAsync(first, before);
            Assert.Contains("\"final\"", before[Reads[0]], StringComparison.Ordinal);
            Assert.Contains("\"live\"", before[Reads[0]], StringComparison.Ordinal);
            await first.Process.KillAsync();
        }

        var topicsBefore = await ExportedTopic.ReadAsync(Checkout.Example, folder["data"]);
        await using ServedProject second = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        Dictionary<string, string> after = [];
        await AnswersAsync(second, after);

        Assert.Equal(before, after);
        Assert.Equal(0, await second.TerminateAsync());
        var topicsAfter = await ExportedTopic.ReadAsync(Checkout.Example, folder["data"]);
        Assert.Equal(topicsBefore.Keys.Order(), topicsAfter.Keys.Order());
        Assert.All(topicsBefore, t => Assert.Equal(t.Value, topicsAfter[t.Key]));
        Assert.Equal(120, topicsAfter["ecom.clickstream.v1"].Count);
    }

    [Fact]
    public async Task Terminated_it_ends_well_with_all_that_was_accepted_processed()
    {
        await using ServedProject project = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        string[] ids = [.. Enumerable.Range(0, 2000).Select(i => $"e{i}")];
        await project.PostAsync("/v1/events", ShopEvent.Array(
            ids.Select((id, i) => ShopEvent.Json(id, $"s{i % 50}", "click", second: i * 0.01))));

        Assert.Equal(0, await project.TerminateAsync());
        var topics = await ExportedTopic.ReadAsync(Checkout.Example, folder["data"]);
        Assert.Equal(ids.Order(), topics["ecom.clickstream.v1"].Select(Id).Order());
        Assert.Equal(ids.Order(), topics["ecom.events-clean.v1"].Select(Id).Order());
        Assert.Equal(ids.Order(), topics["ecom.events-enriched.v1"].Select(Id).Order());
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused()
    {
        await using ServedProject first = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        Verb second = await Verb.RunAsync("up", Checkout.Example, "--data", folder["data"], "--port", "0");

        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("error: ", second.Error, StringComparison.Ordinal);
        Assert.Contains(folder["data"], second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Printed, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await first.GetAsync("/readyz")).Status);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        await using ServedProject first = await ServedProject.StartAsync(Checkout.Example, folder["data"]);
        string port = new Uri(first.Address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Verb second = await Verb.RunAsync("up", Checkout.Example, "--data", folder["other"], "--port", port);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains(port, second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_has_changed_is_not_built_anew_unasked()
    {
        await using (ServedProject first = await ServedProject.StartAsync(Checkout.Example, folder["data"]))
        {
            await FillAsync(first);
            Assert.Equal(0, await first.TerminateAsync());
        }

        string changed = Checkout.CopyExample(folder, "models/events_clean.yml",
            text => text.Replace("'click', ", "", StringComparison.Ordinal));
        Verb second = await Verb.RunAsync("up", changed, "--data", folder["data"], "--port", "0");

        Assert.Equal(3, second.ExitCode);
        Assert.Contains("events_clean", second.Error, StringComparison.Ordinal);
        Assert.Contains("start it with --yes", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Printed, StringComparison.Ordinal);
    }

    /// <summary>Sessions over an hour, so that windows have closed and others are open.</summary>
    private static async Task FillAsync(ServedProject project)
    {
        await project.PostAsync("/v1/sources/products/events", ShopEvent.Array(
            Enumerable.Range(0, 5).Select(i => ShopEvent.Product($"p{i}", $"c{i % 2}", i + 0.5))));
        string[] types = ["page_view", "click", "add_to_cart", "purchase", "search", "nonsense"];
        for (int minute = 0; minute < 60; minute += 5)
        {
            await project.PostAsync("/v1/events", ShopEvent.Lines(Enumerable.Range(0, 10).Select(i => ShopEvent.Json(
                $"e{minute}-{i}", $"s{i % 4}", types[(minute + i) % types.Length], $"p{i % 6}", minute * 60 + i))));
        }

        await project.CaughtUpAsync();
    }

    private static async Task AnswersAsync(ServedProject project, Dictionary<string, string> answers)
    {
        foreach (string path in Reads)
        {
            JsonObject answer = (await project.RowsAsync(path)).Json!.AsObject();
            answer.Remove("position");
            answers[path] = answer.ToJsonString();
        }
    }

    private static string? Id(ExportedRecord record) => (string?)JsonNode.Parse(record.Value!)!["event_id"];
}
