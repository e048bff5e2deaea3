using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Tests.Support;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

/// <summary>What topics let go by the clock goes where nothing comes any more, because nobody sends or nothing
/// fits.</summary>
public sealed class StandstillTests
{
    private const string Config = "config: { retention.ms: 600000, segment.bytes: 4096 }";

    private static readonly string Yaml = TestProject.Shop
        .Replace("topic: shop.clicks", $"topic: shop.clicks\n    advanced: {{ topic: {{ partitions: 1, {Config} }} }}")
        .Replace("partitions: 1 }", $"partitions: 1, {Config} }}");

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Of_an_idle_process_everything_goes_that_is_old_and_it_has_as_many_snapshots_to_start_from()
    {
        SteppedShop shop = Filled(100_000, checkpointMinutes: 5);
        for (int i = 0; i < 20; i++)
        {
            shop.Advance(Minute);
        }

        Assert.Equal(0, Records(shop));
        RetentionStatus retention = shop.Core.GetStatus().Retention;
        Assert.Equal((0, null), (retention.Failures, retention.LastFailure));

        // Nothing is held back any more, so that no other snapshot is taken.
        long taken = shop.Core.GetStatus().Snapshots.Taken;
        shop.Advance(Minute);
        shop.Advance(Minute);
        Assert.Equal(taken, shop.Core.GetStatus().Snapshots.Taken);

        // Damage to two of them is no harm.
        string[] rows = shop.Rows("clicks_per_minute");
        shop.Kill(Survival.All);
        string[] snapshots = [.. shop.Disk.Files().Select(f => f.Path).Where(p => p.EndsWith(".snapshot")).Order()];
        Assert.InRange(snapshots.Length, 3, 4);
        foreach (string path in snapshots[^2..])
        {
            shop.Disk.Flip(path, 900);
        }

        shop.StartAgain();
        Assert.True(shop.Core.Ready.IsCompletedSuccessfully, shop.Core.GetStatus().Fault);
        Assert.Equal(rows, shop.Rows("clicks_per_minute"));
        Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", Click(9_000, "u", "a", 9_000)));
    }

    [Theory]
    [InlineData(40_000, 5_000)]
    [InlineData(0, 0)]
    public void A_full_disk_gets_room_when_what_it_holds_is_old_enough(long reserve, long free)
    {
        SteppedShop shop = Filled(reserve);
        shop.Disk.Capacity = shop.Disk.UsedBytes + free;
        string click = Click(9_000, "u", "a", 9_000);
        for (int i = 0; i < 9; i++)
        {
            shop.Advance(Minute);
            Assert.Equal(AppendOutcome.DiskFull, shop.Append("clicks", click));
        }

        long before = Records(shop);
        shop.Advance(Minute);
        shop.Advance(Minute);
        Assert.InRange(Records(shop), 0, before - 1);
        shop.Advance(Minute);
        Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", click));

        shop.Disk.Capacity = long.MaxValue;
        shop.Advance(Minute);
        string[] rows = shop.Rows("clicks_per_minute");
        shop.Kill(Survival.All);
        shop.StartAgain();
        Assert.True(shop.Core.Ready.IsCompletedSuccessfully, shop.Core.GetStatus().Fault);
        Assert.Equal(rows, shop.Rows("clicks_per_minute"));
    }

    [Fact]
    public void A_full_disk_keeps_what_the_newest_snapshot_needs_that_can_be_read()
    {
        SteppedShop shop = Filled(40_000);
        string newest = shop.Disk.Files().Select(f => f.Path).Where(p => p.EndsWith(".snapshot")).Max()!;
        shop.Disk.Flip(newest, 900);
        shop.Disk.Capacity = shop.Disk.UsedBytes + 5_000;
        shop.Advance(Minute * 11);
        long before = Records(shop);
        Assert.Equal(1, shop.Core.GetStatus().Retention.Failures);

        // The one before it is the newest now.
        shop.Advance(Minute);
        Assert.InRange(Records(shop), 500, before - 1);
        shop.Disk.Capacity = long.MaxValue;
        shop.Advance(Minute);
        string[] rows = shop.Rows("clicks_per_minute");
        shop.Kill(Survival.All);
        shop.StartAgain();
        Assert.True(shop.Core.Ready.IsCompletedSuccessfully, shop.Core.GetStatus().Fault);
        Assert.Equal(rows, shop.Rows("clicks_per_minute"));
    }

    private static SteppedShop Filled(long reserve, int checkpointMinutes = 60)
    {
        SteppedShop shop = new(
            TestProject.Compile(Yaml),
            o => o with { CheckpointInterval = Minute * checkpointMinutes, DiskReserveBytes = reserve });
        for (int i = 0; i < 1_000; i++)
        {
            Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", Click(i, $"u{i % 3}", "a", i * 0.05)));
            if (i % 250 == 2)
            {
                shop.Snapshot();
            }
        }

        return shop;
    }

    private static long Records(SteppedShop shop) => shop.Core.Folder.Topics
        .SelectMany(t => t.Partitions)
        .Where(p => p.Topic is "shop.clicks" or "clicks_priced")
        .Sum((PartitionLog p) => p.EndOffset - p.StartOffset);
}
