using System.Text;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

public sealed class RuntimeTests
{
    private const string Items = "{\"item\":\"a\",\"price\":1.5}\n{\"item\":\"b\",\"price\":4}";

    [Fact]
    public async Task What_was_appended_is_readable_when_it_is_waited_for()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        await shop.Append("items", Items, timestampMs: 0);
        AppendResult result = await shop.Append(
            "clicks", $"[{Click(1, "u", "a", 1)},{Click(2, "v", "b", 2)},{Click(3, "u", "x", 3)}]");

        Assert.Equal((3, 0), (result.Accepted, result.Rejected.Count));
        Assert.Equal(
            [
                $"{{\"id\":\"3\",\"user\":\"u\",\"item\":\"x\",\"at\":\"{Flink(3)}\",\"price\":null}}",
                $"{{\"id\":\"1\",\"user\":\"u\",\"item\":\"a\",\"at\":\"{Flink(1)}\",\"price\":1.5}}",
            ],
            await shop.Rows("clicks_priced", new ViewQuery { Key = "u" }));
        Assert.Equal(
            ["live {\"user\":\"u\",\"minute_end\":\"2024-01-01T10:01:00\",\"clicks\":2,\"spent\":1.5}"],
            await shop.Rows("clicks_per_minute", new ViewQuery { Key = "u" }));
    }

    [Fact]
    public async Task A_window_closes_when_the_watermark_passes_it()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        await shop.Append("clicks", Click(1, "u", "a", 1));
        await shop.Append("clicks", Click(2, "u", "a", 70));

        Assert.Equal(
            [
                "live {\"user\":\"u\",\"minute_end\":\"2024-01-01T10:02:00\",\"clicks\":1,\"spent\":null}",
                "{\"user\":\"u\",\"minute_end\":\"2024-01-01T10:01:00\",\"clicks\":1,\"spent\":null}",
            ],
            await shop.Rows("clicks_per_minute", new ViewQuery { Key = "u" }));
    }

    [Fact]
    public async Task A_window_closes_on_a_quiet_topic()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        AppendResult result = await shop.Append("clicks", Click(1, "u", "a", 1));

        await shop.AdvanceUntilFinal("clicks_per_minute", result.EndPosition);
        Assert.Equal(
            ["{\"user\":\"u\",\"minute_end\":\"2024-01-01T10:01:00\",\"clicks\":1,\"spent\":null}"],
            await shop.Rows("clicks_per_minute", new ViewQuery()));
        Assert.InRange(shop.Clock.GetTimestamp() - StartMs, 64_000, 67_000);
    }

    [Fact]
    public async Task Malformed_records_are_answered_kept_and_counted()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        AppendResult result = await shop.Append(
            "clicks",
            $"{Click(1, "u", "a", 1)}\nnot json\n{{\"id\":\"2\",\"at\":\"yesterday\"}}\n{Click(3, "u", "a", 2)}");

        Assert.Equal(2, result.Accepted);
        Assert.Equal([1, 2], result.Rejected.Select(r => r.Index));
        Assert.Equal(2, (await shop.Rows("clicks_priced", new ViewQuery())).Length);
        shop.Stop();

        Dictionary<string, string[]> topics = shop.Export();
        Assert.Equal(4, topics["shop.clicks"].Length);
        Assert.Equal(2, topics["clicks$bad"].Length);
        Assert.Contains("not json", topics["clicks$bad"][0]);
        Assert.Contains("\\\"offset\\\":", topics["clicks$bad"][0]);
    }

    [Fact]
    public async Task A_deletion_ends_a_version()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        await shop.Append("items", Items, timestampMs: 0);
        await shop.Append("clicks", Click(1, "u", "a", 1));
        AppendResult deleted = await shop.Runtime.AppendTombstoneAsync("items", "a", timestampMs: StartMs + 2000);
        await shop.Runtime.WaitForAsync(deleted.EndPosition);
        await shop.Append("clicks", Click(2, "u", "a", 3));

        string[] rows = await shop.Rows("clicks_priced", new ViewQuery { Key = "u" });
        Assert.EndsWith("\"price\":null}", rows[0]);
        Assert.EndsWith("\"price\":1.5}", rows[1]);
        Assert.Equal(AppendOutcome.NotVersioned, (await shop.Runtime.AppendTombstoneAsync("clicks", "a")).Outcome);
    }

    [Fact]
    public async Task Questions_that_make_no_sense_get_a_reason()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;

        Assert.Equal(ViewOutcome.UnknownModel, (await shop.Runtime.QueryAsync("nothing", new ViewQuery())).Outcome);
        ViewAnswer answer = await shop.Runtime.QueryAsync("clicks_priced", new ViewQuery { OrderBy = "prize" });
        Assert.Equal(ViewOutcome.BadQuery, answer.Outcome);
        Assert.Contains("no column prize", answer.Problem);
        Assert.Equal(
            ViewOutcome.BadQuery,
            (await shop.Runtime.QueryAsync("clicks_priced", new ViewQuery { NewestWindows = 1 })).Outcome);
        Assert.Equal(
            AppendOutcome.UnknownSource, (await shop.Runtime.AppendAsync("nothing", "{}"u8.ToArray())).Outcome);
    }

    [Fact]
    public async Task Scans_filter_order_and_limit()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        await shop.Append("items", Items, timestampMs: 0);
        StringBuilder clicks = new();
        for (int i = 0; i < 300; i++)
        {
            clicks.AppendLine(Click(i, $"u{i % 7}", i % 3 == 0 ? "b" : "a", i));
        }

        await shop.Append("clicks", clicks.ToString());

        string[] found = await shop.Rows("clicks_priced", new ViewQuery
        {
            Filters = [new ViewFilter("price", "4.0"), new ViewFilter("user", "u2")], OrderBy = "at", Limit = 3,
        });
        Assert.Equal(["9", "30", "51"], found.Select(r => r.Split('"')[3]));

        string[] top = await shop.Rows(
            "clicks_per_minute", new ViewQuery { OrderBy = "spent", Descending = true, NewestWindows = 2, Limit = 4 });
        Assert.Equal(4, top.Length);
        Assert.All(top, r => Assert.True(
            r.StartsWith("live ", StringComparison.Ordinal) || r.Contains("10:04:00", StringComparison.Ordinal), r));
    }

    [Fact]
    public async Task Status_counts()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        await shop.Append("clicks", $"{Click(1, "u", "a", 1)}\n{{");
        RuntimeStatus status = shop.Runtime.GetStatus();
        SourceStatus clicks = status.Sources.Single(s => s.Name == "clicks");

        Assert.Equal(RuntimeState.Running, status.State);
        Assert.Equal((1, 1, 2), (clicks.Accepted, clicks.Rejected, clicks.PerMinute));
        Assert.Equal(StartMs, clicks.LastRecordMs);
        Assert.Equal(1, status.Log.CommitLatency.Count);
    }

    private static string Flink(double seconds) => At(seconds).Replace(".000Z", "Z", StringComparison.Ordinal);
}
