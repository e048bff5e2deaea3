using Millrace.Hosting.Running;
using Millrace.Hosting.Snapshots;
using Millrace.Hosting.Status;
using Millrace.Hosting.Tests.Support;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

public sealed class RetentionTests
{
    private const string Config = "{ retention.bytes: 4000, segment.bytes: 1024 }";

    private static readonly string Yaml = TestProject.Shop
        .Replace(
            "topic: shop.clicks",
            $"topic: shop.clicks\n    advanced: {{ topic: {{ partitions: 1, config: {Config} }} }}")
        .Replace("partitions: 1 }", $"partitions: 1, config: {Config} }}");

    [Fact]
    public void What_no_snapshot_needs_goes_and_the_rest_is_enough_to_start_again()
    {
        SteppedShop shop = Create();
        Assert.Equal(AppendOutcome.Committed, shop.Append("items", "{\"item\":\"a\",\"price\":1.5}", timestampMs: 0));
        Fill(shop, 0, 300);
        Clean(shop);
        Assert.All(Partitions(shop), p => Assert.Equal(0, p.StartOffset));

        // Three snapshots and more are kept: what the oldest needs stays.
        for (int i = 1; i <= 30; i++)
        {
            Fill(shop, i * 300, 20);
            shop.Snapshot();
        }

        Clean(shop);
        RetentionStatus status = shop.Core.GetStatus().Retention;
        Assert.Equal((0, null), (status.Failures, status.LastFailure));
        Assert.True(status.RemovedBytes > 20_000, $"{status.RemovedBytes}");
        PartitionLog clicks = Partitions(shop).Single(p => p.Topic == "shop.clicks");
        Assert.InRange(clicks.EndOffset - clicks.StartOffset, 20, 300);

        // Of what was readable from memory, what the topic has let go is not readable any more.
        string[] before = shop.Rows("clicks_priced");
        shop.Kill(Survival.All);
        shop.StartAgain();
        Assert.True(shop.Core.Ready.IsCompletedSuccessfully, shop.Core.GetStatus().Fault);
        string[] after = shop.Rows("clicks_priced");
        Assert.InRange(after.Length, 20, before.Length - 1);
        Assert.Equal(before[..after.Length], after);
        Assert.False(shop.Core.GetStatus().Models[0].IsViewComplete);
        Fill(shop, 20_000, 10);
    }

    [Fact]
    public void What_compaction_takes_is_counted_too()
    {
        const string Compacts = "{ cleanup.policy: compact, min.cleanable.dirty.ratio: 0.1, segment.bytes: 1024 }";
        string topic = $"topic: shop.items\n    advanced: {{ topic: {{ partitions: 1, config: {Compacts} }} }}";
        SteppedShop shop = Create(TestProject.Shop.Replace("topic: shop.items", topic));
        for (int i = 1; i <= 300; i++)
        {
            shop.Append("items", $"{{\"item\":\"a\",\"price\":{i}}}");
            if (i % 100 == 0)
            {
                shop.Snapshot();
            }
        }

        Clean(shop);
        RetentionStatus status = shop.Core.GetStatus().Retention;
        Assert.Equal((0, null), (status.Failures, status.LastFailure));
        Assert.True(status.RemovedBytes > 5_000, $"{status.RemovedBytes}");
        Assert.All(Partitions(shop), p => Assert.Equal(0, p.StartOffset));
    }

    [Fact]
    public void Without_snapshot_and_without_the_whole_log_it_says_so_and_changes_nothing()
    {
        SteppedShop shop = Create();
        for (int i = 0; i < 30; i++)
        {
            Fill(shop, i * 300, 20);
            shop.Snapshot();
        }

        Clean(shop);
        shop.Kill(Survival.All);
        Assert.Null(StartingPoint.WhyNone(shop.Disk, "/m/data"));
        string[] snapshots = [.. shop.Disk.Files().Select(f => f.Path).Where(p => p.EndsWith(".snapshot"))];
        foreach (string path in snapshots)
        {
            shop.Disk.Flip(path, 900);
        }

        RestartFault fault = Assert.Throws<RestartFault>(shop.StartAgain);
        Assert.Contains("cannot be used", fault.Message);
        Assert.Contains("shop.clicks", fault.Message);

        // What verification says is what the start says, also where no snapshot is left that could be damaged.
        Assert.Equal(fault.Message, StartingPoint.WhyNone(shop.Disk, "/m/data"));
        foreach (string path in snapshots)
        {
            shop.Disk.Delete(path);
        }

        Assert.Contains("there is no snapshot", StartingPoint.WhyNone(shop.Disk, "/m/data"));
    }

    /// <summary>
    /// The snapshot has its name, and only the killed process knew that the name is not on disk yet: the next one lets
    /// the log go that the snapshot stands for, so the name must be there for good before.
    /// </summary>
    [Theory]
    [InlineData(Survival.None)]
    [InlineData(Survival.Some)]
    public void A_snapshot_that_a_killed_process_named_last_outlives_what_it_stands_for(Survival survival)
    {
        SteppedShop shop = Create();
        Assert.Equal(AppendOutcome.Committed, shop.Append("items", "{\"item\":\"a\",\"price\":1.5}", timestampMs: 0));
        Fill(shop, 0, 300);
        shop.Disk.Script = op => op is { Name: "sync directory", Path: "/m/data/snapshots" }
            ? DiskOutcome.Crash
            : DiskOutcome.Proceed;
        Assert.Throws<SimulatedCrash>(() => shop.Snapshot());
        shop.Kill(Survival.All);
        shop.StartAgain();
        Assert.Equal(1, shop.Core.GetStatus().Restart.Snapshot);
        Clean(shop);
        Assert.True(Partitions(shop).Single(p => p.Topic == "shop.clicks").StartOffset > 0);
        Dictionary<string, string[]> topics = shop.Topics();
        string[] live = shop.Rows("clicks_per_minute");

        shop.Kill(survival);
        shop.StartAgain();
        Assert.True(shop.Core.Ready.IsCompletedSuccessfully, shop.Core.GetStatus().Fault);
        Assert.Equal(topics, shop.Topics());
        Assert.Equal(live, shop.Rows("clicks_per_minute"));
    }

    [Fact]
    public void What_goes_while_a_start_reads_rows_back_is_missing_there_and_ends_nothing()
    {
        SteppedShop shop = Create();
        for (int i = 0; i < 30; i++)
        {
            Fill(shop, i * 300, 20);
            shop.Snapshot();
        }

        string[] before = shop.Rows("clicks_priced");
        shop.Kill(Survival.All);
        bool hasGone = false;
        shop.Disk.Reading = path =>
        {
            if (!hasGone && IsReadBack(shop, path))
            {
                hasGone = true;
                shop.Clock.Advance(TimeSpan.FromMinutes(1));
                shop.Core.Cleaner.TryRunOnce();
            }
        };
        shop.StartAgain();

        PartitionLog rows = Partitions(shop).Single(p => p.Topic == "clicks_priced");
        Assert.True(hasGone && rows.StartOffset > 0);
        Assert.True(shop.Core.Ready.IsCompletedSuccessfully, shop.Core.GetStatus().Fault);
        string[] after = shop.Rows("clicks_priced");
        Assert.InRange(after.Length, rows.EndOffset - rows.StartOffset, before.Length - 1);
        Assert.Equal(before[..after.Length], after);
        Assert.False(shop.Core.GetStatus().Models[0].IsViewComplete);
        Fill(shop, 20_000, 10);
    }

    [Fact]
    public void A_page_whose_records_go_while_it_is_read_begins_where_the_topic_now_does()
    {
        SteppedShop shop = Create();
        Fill(shop, 0, 300);
        shop.Snapshot();
        shop.Kill(Survival.All);
        shop.StartAgain();
        PartitionLog clicks = Partitions(shop).Single(p => p.Topic == "shop.clicks");
        bool hasGone = false;
        shop.Disk.Reading = path =>
        {
            if (!hasGone && path.Contains("/shop.clicks/0/"))
            {
                hasGone = true;
                long now = shop.Clock.GetUtcNow().ToUnixTimeMilliseconds();
                shop.Core.Folder.ApplyRetention(now, p => p.CommittedEnd);
            }
        };
        byte[]? page = shop.Core.ReadTopic("shop.clicks", 0, offset: 0, limit: 10);

        Assert.True(hasGone && clicks.StartOffset > 0);
        string text = System.Text.Encoding.UTF8.GetString(page!);
        Assert.Contains($"\"start\":{clicks.StartOffset},", text);
        Assert.Contains($"\"offset\":{clicks.StartOffset},", text);
    }

    // The replay reads sources only, so that what is read of a model's topic behind it is for its view.
    private static bool IsReadBack(SteppedShop shop, string path)
    {
        bool isReplayed = shop.Core.State == RuntimeState.Recovering
            && shop.Core.Engine.Run.Position == shop.Core.Folder.LastStepPosition;
        return isReplayed && path.Contains("/clicks_priced/0/");
    }

    private static SteppedShop Create(string? yaml = null) => new(
        TestProject.Compile(yaml ?? Yaml), o => o with { CheckpointInterval = TimeSpan.FromHours(1) });

    private static void Clean(SteppedShop shop) => shop.Advance(TimeSpan.FromMinutes(1));

    private static void Fill(SteppedShop shop, int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            shop.Append("clicks", Click(i, $"u{i % 3}", "a", i));
        }
    }

    private static IEnumerable<PartitionLog> Partitions(SteppedShop shop)
    {
        DataFolder folder = shop.Core.Folder;
        return folder.Topics.SelectMany(t => t.Partitions);
    }
}
