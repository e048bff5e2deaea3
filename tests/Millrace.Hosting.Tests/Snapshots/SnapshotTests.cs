using Millrace.Demo;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Tests.Support;
using Millrace.Storage.Snapshots;
using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests.Snapshots;

public sealed class SnapshotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Topics_and_rows_are_those_of_an_undisturbed_run_whenever_it_is_killed(int seed)
    {
        SteppedShop undisturbed = new(TestProject.CompileExample());
        Feed(undisturbed, static _ => { });
        Random random = new(seed);
        SteppedShop shop = new(TestProject.CompileExample());
        shop.Options = shop.Options with { ReplayCheckInterval = seed % 2 == 0 ? 64 : 1 };
        int restored = 0;
        Feed(shop, _ =>
        {
            switch (random.Next(6))
            {
                case 0:
                    shop.Snapshot();
                    break;
                case 1:
                    // Dies with a snapshot somewhere on its way.
                    shop.Core.TakeSnapshot();
                    for (int i = random.Next(12); i > 0; i--)
                    {
                        shop.Core.Activities[random.Next(shop.Core.Activities.Count)].TryRunOnce();
                    }

                    Restart();
                    break;
                case 2:
                    Restart();
                    break;
                case 3 when random.Next(3) == 0:
                    shop.Stop();
                    Restart();
                    break;
            }
        });

        Assert.NotEqual(0, restored);
        foreach (string model in (string[])["user_sessions", "product_popularity"])
        {
            Assert.Equal(undisturbed.Rows(model), shop.Rows(model));
        }

        // Its rows have their events' times, which are out of order; over partitions that is what they are merged by.
        Assert.Equal(undisturbed.Rows("events_clean").Order(), shop.Rows("events_clean").Order());

        undisturbed.Stop();
        shop.Stop();
        Dictionary<string, string[]> expected = undisturbed.Topics();
        Dictionary<string, string[]> found = shop.Topics();
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        Assert.All(expected, t => Assert.Equal(t.Value, found[t.Key]));

        void Restart()
        {
            shop.Kill((Survival)random.Next(3));
            shop.Workers = random.Next(1, 4);
            shop.StartAgain();
            Assert.True(shop.Core.Ready.IsCompletedSuccessfully);
            restored += shop.Core.GetStatus().Restart.Snapshot is null ? 0 : 1;
        }
    }

    [Fact]
    public void A_restart_begins_at_the_newest_snapshot_and_replays_the_rest()
    {
        SteppedShop shop = new();
        shop.Append("clicks", Click(1, "u", "a", 1));
        long first = shop.Snapshot();
        shop.Append("clicks", Click(2, "v", "a", 70));
        long second = shop.Snapshot();
        shop.Append("clicks", Click(3, "u", "a", 71));
        string[] before = [.. shop.Rows("clicks_priced"), .. shop.Rows("clicks_per_minute")];
        shop.Kill(Survival.All);
        shop.StartAgain();

        RestartStatus restart = shop.Core.GetStatus().Restart;
        Assert.Equal((second, 1, 0), (restart.Snapshot, restart.Replayed, restart.CaughtUp));
        Assert.Empty(restart.Unusable);
        Assert.True(second > first);
        Assert.Equal<string[]>(before, [.. shop.Rows("clicks_priced"), .. shop.Rows("clicks_per_minute")]);
        ModelStatus priced = shop.Core.GetStatus().Models[0];
        Assert.Equal((3, true), (priced.ViewRows, priced.IsViewComplete));
    }

    [Fact]
    public void A_damaged_snapshot_falls_back_to_the_one_before_and_says_so()
    {
        SteppedShop shop = new();
        shop.Append("clicks", Click(1, "u", "a", 1));
        long good = shop.Snapshot();
        shop.Append("clicks", Click(2, "v", "a", 70));
        long damaged = shop.Snapshot();
        string[] before = shop.Rows("clicks_per_minute");
        shop.Kill();
        (string path, int length) = shop.Disk.Files().Single(f => f.Path.EndsWith($"{damaged}.snapshot"));
        shop.Disk.Flip(path, length / 2 * 8);
        shop.StartAgain();

        RestartStatus restart = shop.Core.GetStatus().Restart;
        Assert.Equal(good, restart.Snapshot);
        Assert.StartsWith($"snapshot {damaged} cannot be used: ", Assert.Single(restart.Unusable));
        Assert.Equal(before, shop.Rows("clicks_per_minute"));
    }

    [Fact]
    public void Without_a_snapshot_that_can_be_used_all_is_replayed()
    {
        SteppedShop shop = new();
        shop.Append("clicks", Click(1, "u", "a", 1));
        shop.Snapshot();
        string[] before = shop.Rows("clicks_per_minute");
        shop.Kill();
        (string path, _) = shop.Disk.Files().Single(f => f.Path.EndsWith(".snapshot"));
        shop.Disk.Flip(path, 100);
        shop.StartAgain();

        Assert.Null(shop.Core.GetStatus().Restart.Snapshot);
        Assert.Single(shop.Core.GetStatus().Restart.Unusable);
        Assert.Equal(before, shop.Rows("clicks_per_minute"));
    }

    [Fact]
    public void They_are_taken_at_the_interval_when_anything_has_happened_and_at_the_end()
    {
        SteppedShop shop = new();
        shop.Append("clicks", Click(1, "u", "a", 1));
        shop.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, shop.Core.GetStatus().Snapshots.Taken);
        shop.Advance(TimeSpan.FromSeconds(1));
        SnapshotStatus status = shop.Core.GetStatus().Snapshots;
        Assert.Equal((1, true, false), (status.Taken, status.IsFull, status.IsUnderWay));
        Assert.True(status.Bytes > 0);

        shop.Append("clicks", Click(2, "u", "a", 2));
        shop.Stop();
        SnapshotStatus last = shop.Core.GetStatus().Snapshots;
        Assert.Equal((2, false), (last.Taken, last.IsFull));
        Assert.Equal(shop.Core.Engine.Run.Position, last.Position);
    }

    [Fact]
    public void A_snapshot_that_fails_ends_nothing_and_is_tried_again_later_and_later()
    {
        SteppedShop shop = new(configure: o => o with { CheckpointInterval = TimeSpan.FromMilliseconds(100) });
        shop.Disk.Script = o => o.Path.Contains("snapshot") ? DiskOutcome.Fail : DiskOutcome.Proceed;
        List<long> failures = [];
        for (int i = 0; i < 80; i++)
        {
            shop.Append("clicks", Click(i, "u", "a", i));
            shop.Advance(TimeSpan.FromMilliseconds(100));
            failures.Add(shop.Core.GetStatus().Snapshots.Failures);
        }

        // At 0.1 s, and then a second, two and four after the one before.
        Assert.Equal(4, failures[^1]);
        Assert.Equal(RuntimeState.Running, shop.Core.State);
        shop.Disk.Script = null;
        shop.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, true), (shop.Core.GetStatus().Snapshots.Taken, shop.Core.GetStatus().Snapshots.IsFull));
    }

    [Fact]
    public void A_chain_ends_and_what_nobody_needs_is_removed()
    {
        SteppedShop shop = new();
        for (int i = 0; i < 40; i++)
        {
            shop.Append("clicks", Click(i, $"u{i}", "a", i));
            shop.Snapshot();
        }

        IReadOnlyList<SnapshotInfo> kept = shop.Core.Folder.Snapshots.List();
        Assert.Contains(kept, s => !s.IsFull);
        Assert.InRange(kept.Count, 4, 20);
        Assert.All(kept, s => Assert.InRange(s.Chain.Count, 0, 8));
        Assert.All(kept, s => Assert.Null(s.Problem));
    }

    [Fact]
    public void A_view_that_has_dropped_rows_has_the_same_ones_after_a_restart()
    {
        SteppedShop shop = new(configure: o => o with { ViewBytes = 64 << 10 });
        for (int i = 0; i < 2000; i++)
        {
            shop.Append("clicks", Click(i, $"u{i % 7}", "a", i));
        }

        shop.Snapshot();
        string[] before = shop.Rows("clicks_priced");
        Assert.InRange(before.Length, 100, 1900);
        shop.Kill();
        shop.StartAgain();

        Assert.Equal(before, shop.Rows("clicks_priced"));
        Assert.False(shop.Core.GetStatus().Models[0].IsViewComplete);
    }

    private static void Feed(SteppedShop shop, Action<int> afterEach)
    {
        int i = 0;
        foreach (ShopBatch batch in ShopArrivals.Batches(StartMs))
        {
            if (batch.Products.Count > 0)
            {
                shop.Append("products", Text(batch.Products.Span), batch.ProductsFromMs);
            }

            if (batch.Events.Count > 0)
            {
                Assert.Equal(AppendOutcome.Committed, shop.Append("clickstream", Text(batch.Events.Span)));
            }

            afterEach(i++);
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
