using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd;

/// <summary>Too little memory, disk or patience: what is refused, and that nothing else is.</summary>
public sealed class PressureTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task At_the_memory_limit_events_are_refused_and_reads_answered()
    {
        await using ServedProject project = await StartAsync("--memory", "1MiB");
        Answer refused = await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));

        IsRefused(refused, "memory_full", "memory", 1 << 20);
        Assert.True((long)refused.Json!["error"]!["limit"]!["used"]! >= 1 << 20, refused.Text);
        Assert.Equal(200, (int)(await project.GetAsync("/v1/models/user_sessions/s")).Status);
        Assert.Contains("\nmillrace_refused_requests_total{reason=\"memory_full\"} 1\n",
            (await project.GetAsync("/metrics")).Text, StringComparison.Ordinal);
        Verb status = await Verb.OkAsync("status", "--url", project.Address);
        Assert.Contains("requests refused: 1 memory_full", status.Out, StringComparison.Ordinal);
        Assert.Equal(0, await project.TerminateAsync());
        Assert.Empty((await ExportedTopic.ReadAsync(Checkout.Example, folder["data"]))["ecom.clickstream.v1"]);
    }

    [Fact]
    public async Task On_a_nearly_full_disk_events_are_refused_before_the_log_is_harmed()
    {
        await using (ServedProject before = await StartAsync())
        {
            await before.PostAsync("/v1/events", ShopEvent.Json("e0", "s", "click"));
            Assert.Equal(0, await before.TerminateAsync());
        }

        // Between a quarter of it and all of it is free: records are refused, the models go on.
        long reserve = new DriveInfo(folder.Path).AvailableFreeSpace * 2;
        await using ServedProject project = await StartAsync(
            "--disk-reserve", reserve.ToString(CultureInfo.InvariantCulture));
        Answer refused = await project.PostAsync("/v1/events", ShopEvent.Json("e1", "s", "click"));

        IsRefused(refused, "disk_full", "disk", reserve);
        Answer status = await project.GetAsync("/v1/status");
        Assert.True((bool)status.Json!["disk"]!["full"]!);
        Assert.Equal((1, "running"), ((int)status.Json["refused"]!["disk_full"]!, (string?)status.Json["state"]));
        Answer rows = await project.RowsAsync("/v1/models/events_clean/s");
        Assert.Equal("e0", (string?)Assert.Single(rows.Rows)["row"]!["event_id"]);
    }

    [Fact]
    public async Task A_start_without_room_says_what_it_waits_for()
    {
        await using (ServedProject before = await StartAsync())
        {
            await before.PostAsync("/v1/events", ShopEvent.Json("e0", "s", "click"));
            await before.Process.KillAsync();
        }

        // Less than a quarter of it is free: the models wait.
        long reserve = new DriveInfo(folder.Path).AvailableFreeSpace * 8;
        await using ChildProcess process = new(
        [
            "up", Checkout.Example, "--data", folder["data"], "--port", "0",
            "--disk-reserve", reserve.ToString(CultureInfo.InvariantCulture),
        ]);
        await Eventually.True(
            () => process.Error.Any(l => l.StartsWith("waiting for room: the disk has ", StringComparison.Ordinal)),
            "the reason");
        process.Terminate();
        Assert.Equal(0, await process.ExitAsync());
    }

    [Fact]
    public async Task What_does_not_fit_the_queue_is_refused_and_the_rest_is_there_once()
    {
        await using ServedProject project = await StartAsync("--queue", "1B");
        List<string> taken = [];
        List<Answer> refused = [];
        for (int round = 0; refused.Count == 0; round++)
        {
            string[] ids = [.. Enumerable.Range(0, 50).Select(i => $"e{round}-{i}")];
            Answer[] answers = await Task.WhenAll(
                ids.Select(id => project.PostAsync("/v1/events", ShopEvent.Json(id, "s", "click"))));
            taken.AddRange(ids.Where((_, i) => answers[i].Status == HttpStatusCode.OK));
            refused.AddRange(answers.Where(a => a.Status != HttpStatusCode.OK));
        }

        Assert.All(refused, a => Assert.Equal((429, "busy", "queue"),
            ((int)a.Status, a.ErrorCode, (string?)a.Json!["error"]!["limit"]!["name"])));
        Assert.All(refused, a => Assert.Equal(TimeSpan.FromSeconds(1), a.Response.Headers.RetryAfter?.Delta));
        Assert.Equal(0, await project.TerminateAsync());
        var topics = await ExportedTopic.ReadAsync(Checkout.Example, folder["data"]);
        Assert.Equal(taken.Order(), topics["ecom.clickstream.v1"]
            .Select(r => (string)JsonNode.Parse(r.Value!)!["event_id"]!).Order());
    }

    [Theory]
    [InlineData("--memory", "plenty")]
    [InlineData("--memory", "-1G")]
    [InlineData("--memory", "0")]
    [InlineData("--queue", "5 s")]
    [InlineData("--checkpoint-interval", "10")]
    [InlineData("--checkpoint-interval", "10MiB")]
    [InlineData("--retention-interval", "1x")]
    public async Task A_limit_that_is_none_is_an_error(string option, string value)
    {
        Verb verb = await Verb.RunAsync("up", Checkout.Example, "--data", folder["data"], option, value);

        Assert.Equal(1, verb.ExitCode);
        Assert.Contains($"{value} is not a ", verb.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["data"]));
    }

    private Task<ServedProject> StartAsync(params string[] options) =>
        ServedProject.StartAsync([Checkout.Example, "--data", folder["data"], "--port", "0", .. options]);

    private static void IsRefused(Answer answer, string code, string name, long limit)
    {
        Assert.Equal((503, code), ((int)answer.Status, answer.ErrorCode));
        Assert.True(answer.Response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        JsonNode reached = answer.Json!["error"]!["limit"]!;
        Assert.Equal((name, limit), ((string?)reached["name"], (long)reached["limit"]!));
        Assert.Contains(" MiB", (string?)answer.Json["error"]!["message"], StringComparison.Ordinal);
    }
}
