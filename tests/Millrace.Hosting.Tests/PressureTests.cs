using Millrace.Hosting.Pressure;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Tests.Support;
using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

public sealed class PressureTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void At_the_memory_limit_records_are_refused_and_reads_go_on_until_a_tenth_is_free()
    {
        SteppedShop shop = new(configure: o => o with { MemoryBytes = 1000 });
        Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", Click(1, "u", "a", 1)));

        Assert.Equal(AppendOutcome.MemoryFull, AppendAt(1000, 2));
        Assert.Equal(1, shop.Memory.Collections);
        Assert.Single(shop.Rows("clicks_priced"));
        Assert.True(shop.Core.GetStatus().Pressure.IsMemoryFull);
        Assert.Equal(AppendOutcome.MemoryFull, AppendAt(901, 3));
        Assert.Equal(AppendOutcome.Committed, AppendAt(900, 4));
        Assert.Equal(AppendOutcome.Committed, AppendAt(999, 5));

        PressureStatus status = shop.Core.GetStatus().Pressure;
        Assert.Equal((999, 1000, 900, false, 2), (
            status.MemoryUsedBytes, status.MemoryLimitBytes, status.MemoryEasedBytes, status.IsMemoryFull,
            status.Refused));
        Assert.Equal(3, shop.Rows("clicks_priced").Length);

        AppendOutcome AppendAt(long used, int id)
        {
            shop.Memory.UsedBytes = used;
            shop.Advance(Moment);
            return shop.Append("clicks", Click(id, "u", "a", id));
        }
    }

    /// <summary>
    /// Only newer rows let older ones go, and at the limit there are none: what is readable must leave room.
    /// </summary>
    [Fact]
    public void Readable_rows_leave_most_of_the_memory_to_what_has_to_be_there()
    {
        SteppedShop shop = new(configure: o => o with { MemoryBytes = 1 << 20 });
        for (int i = 0; i < 400; i++)
        {
            shop.Append("clicks", Click(i, new string('u', 2000), "a", i));
        }

        IReadOnlyList<ModelStatus> models = shop.Core.GetStatus().Models;
        ModelStatus priced = Assert.Single(models, m => m.Name == "clicks_priced");
        Assert.Equal(400, priced.RowsOut);
        Assert.False(priced.IsViewComplete);
        Assert.InRange(priced.ViewBytes, (1 << 17) - (1 << 13), 1 << 17);
        Assert.InRange(models.Sum(m => m.ViewBytes), 1, 1 << 18);
    }

    [Fact]
    public void A_nearly_full_disk_refuses_records_then_halts_the_models_and_both_go_on_when_there_is_room()
    {
        SteppedShop shop = new(configure: o => o with { DiskReserveBytes = 100_000 });
        Leave(shop, 110_000);
        Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", Click(1, "u", "a", 1)));

        Leave(shop, 99_999);
        Assert.Equal(AppendOutcome.DiskFull, shop.Append("clicks", Click(2, "u", "a", 2)));
        Assert.False(shop.Core.GetStatus().Pressure.IsEnginePaused);
        Leave(shop, 124_999);
        Assert.Equal(AppendOutcome.DiskFull, shop.Append("clicks", Click(2, "u", "a", 2)));
        Leave(shop, 150_000);

        // What was taken before the rest of the room went away waits.
        Task<AppendResult> taken = shop.Core.Append("clicks", "{}"u8.ToArray(), null);
        shop.Core.Writer.TryRunOnce();
        Assert.Equal(AppendOutcome.Committed, taken.Result.Outcome);
        Leave(shop, 24_999);
        Assert.True(shop.Core.GetStatus().Pressure.IsEnginePaused);
        Assert.NotEqual(0, shop.Core.GetStatus().Engine.Lag);
        Assert.Single(shop.Rows("clicks_priced"));
        Leave(shop, 49_999);
        Assert.NotEqual(0, shop.Core.GetStatus().Engine.Lag);
        Leave(shop, 200_000);
        Assert.Equal(0, shop.Core.GetStatus().Engine.Lag);
        Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", Click(3, "u", "a", 3)));
        Assert.Equal(RuntimeState.Running, shop.Core.State);
    }

    /// <summary>A reading of the clock is in the log only where the commit that had it was.</summary>
    [Fact]
    public void A_refused_commit_leaves_its_reading_of_the_clock_to_the_next_one()
    {
        SteppedShop shop = new(configure: o => o with { DiskReserveBytes = 0 });
        Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", Click(1, "u", "a", 1)));
        long? read = shop.Core.Folder.LastTick;
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        shop.Disk.Capacity = shop.Disk.UsedBytes;
        Assert.Equal(AppendOutcome.DiskFull, shop.Append("clicks", Click(2, "u", "a", 2)));
        Assert.Equal(read, shop.Core.Folder.LastTick);

        shop.Disk.Capacity = long.MaxValue;
        shop.Advance(Moment);
        Assert.Equal(AppendOutcome.Committed, shop.Append("clicks", Click(2, "u", "a", 2)));
        Assert.Equal(SteppedShop.StartMs + 60_100, shop.Core.Folder.LastTick);
    }

    [Fact]
    public void No_snapshot_is_begun_without_room()
    {
        SteppedShop shop = new(configure: o => o with { DiskReserveBytes = 100_000 });
        shop.Append("clicks", Click(1, "u", "a", 1));
        Leave(shop, 50_000);
        shop.Advance(TimeSpan.FromSeconds(31));

        SnapshotStatus status = shop.Core.GetStatus().Snapshots;
        Assert.Equal((0, 1, "the disk is nearly full"), (status.Taken, status.Failures, status.LastFailure));
        Assert.Equal(RuntimeState.Running, shop.Core.State);

        Leave(shop, 1_000_000);
        shop.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, shop.Core.GetStatus().Snapshots.Taken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_disk_that_is_full_without_warning_costs_nothing_but_refusals(int seed)
    {
        Random random = new(seed);
        SteppedShop shop = new(configure: o => o with { DiskReserveBytes = 0 });
        List<string> taken = [];
        int refused = 0;
        for (int i = 0; i < 400; i++)
        {
            shop.Disk.Capacity = random.Next(3) == 0 ? long.MaxValue : shop.Disk.UsedBytes + random.Next(1500);
            string click = Click(i, $"u{i % 5}", "a", i * 3);
            Task<AppendResult> answer = shop.Core.Append("clicks", System.Text.Encoding.UTF8.GetBytes(click), null);
            shop.Core.Writer.TryRunOnce();
            if (random.Next(8) == 0)
            {
                _ = shop.Core.TakeSnapshot();
            }

            shop.Advance(Moment);
            Assert.Equal(RuntimeState.Running, shop.Core.State);
            if (answer.Result.Outcome == AppendOutcome.Committed)
            {
                taken.Add(click);
            }
            else
            {
                refused++;
            }

            if (random.Next(20) == 0)
            {
                shop.Kill(Survival.All);
                shop.Disk.Capacity = long.MaxValue;
                shop.StartAgain();
            }
        }

        Assert.NotEqual(0, refused);
        shop.Disk.Capacity = long.MaxValue;
        shop.Advance(Moment);
        SteppedShop undisturbed = new();
        taken.ForEach(c => undisturbed.Append("clicks", c));
        Assert.Equal(undisturbed.Rows("clicks_priced"), shop.Rows("clicks_priced"));
        Assert.Equal(undisturbed.Rows("clicks_per_minute"), shop.Rows("clicks_per_minute"));
    }

    [Fact]
    public void The_process_knows_its_memory() =>
        Assert.InRange(new ProcessMemory().UsedBytes, 1 << 20, ProcessMemory.AvailableBytes);

    private static void Leave(SteppedShop shop, long freeBytes)
    {
        shop.Disk.Capacity = shop.Disk.UsedBytes + freeBytes;
        shop.Clock.Advance(Moment);
        shop.Core.Watch.TryRunOnce();
        shop.Run();
    }
}
