using System.Text;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_leaves_nothing_for_the_next_start_to_do()
    {
        using RunningShop shop = new();
        await shop.Append("clicks", Click(1, "u", "a", 1));
        StopReport report = shop.Runtime.Stop();
        shop.StartAgain();
        await shop.Runtime.Ready;

        Assert.Equal((true, ""), (report.IsComplete, report.Left));
        RuntimeStatus status = shop.Runtime.GetStatus();
        Assert.NotNull(status.Restart.Snapshot);
        Assert.Equal((0, 0), (status.Restart.Replayed, status.Restart.CaughtUp));
        Assert.Empty(status.Recovery);
        Assert.Single(await shop.Rows("clicks_per_minute", new ViewQuery()));
    }

    /// <summary>
    /// Else a stop under so many would say that all is processed when nothing is.
    /// </summary>
    [Fact]
    public async Task Who_stops_the_engine_waits_for_it_however_many_others_do()
    {
        BetweenSteps between = new();
        Task<bool>[] others = [.. Enumerable.Range(0, 2 * BetweenSteps.Most).Select(_ => between.WaitFor(5))];
        Task<bool> last = between.WaitForLast(5);
        between.Run(4);
        Task<bool> later = between.WaitForLast(5);
        between.Run(4);
        Assert.False(last.IsCompleted || later.IsCompleted);
        Assert.Equal(BetweenSteps.Most, others.Count(o => !o.IsCompleted));
        between.Run(5);
        Assert.True(await last && await later);
    }

    [Fact]
    public async Task A_stop_without_time_loses_nothing_that_was_acknowledged()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        shop.Stop();
        shop.Options = shop.Options with { StopTime = TimeSpan.Zero };
        shop.StartAgain();
        await shop.Runtime.Ready;
        AppendResult result = await shop.Runtime.AppendAsync("clicks", Encoding.UTF8.GetBytes(Click(1, "u", "a", 1)));
        Assert.Equal(AppendOutcome.Committed, result.Outcome);
        StopReport report = shop.Runtime.Stop();
        shop.StartAgain();
        await shop.Runtime.Ready;

        Assert.False(report.IsComplete);
        Assert.NotEmpty(report.Left);
        Assert.Single(await shop.Rows("clicks_priced", new ViewQuery()));
    }

    [Fact]
    public async Task A_stop_that_waits_for_the_disk_ends_at_its_deadline()
    {
        ControlledDisk disk = new();
        using RunningShop shop = new(disk: disk);
        await shop.Runtime.Ready;
        disk.Hold();
        Task<AppendResult> request =
            shop.Runtime.AppendAsync("clicks", Encoding.UTF8.GetBytes(Click(1, "u", "a", 1)));
        disk.IsHeld.Wait();
        Task<StopReport> stop = Task.Run(shop.Runtime.Stop);
        while (!stop.IsCompleted)
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        StopReport report = await stop;
        disk.Release();

        Assert.False(report.IsComplete);
        Assert.Contains("not committed", report.Left);
        Assert.InRange(shop.Clock.GetTimestamp() - StartMs, 10_000, long.MaxValue);
        await request;
    }

    [Fact]
    public async Task A_second_process_is_told_who_has_the_folder()
    {
        using RunningShop shop = new();
        await shop.Runtime.Ready;
        FolderLockedFault fault = Assert.Throws<FolderLockedFault>(
            () => MillraceRuntime.Start(shop.Project, shop.Options));

        Assert.Contains(shop.Options.DataFolder, fault.Message);
        Assert.Contains($"process {Environment.ProcessId}", fault.Message);
    }

    [Fact]
    public async Task A_fault_says_what_to_do()
    {
        ControlledDisk disk = new();
        using RunningShop shop = new(disk: disk);
        await shop.Append("clicks", Click(1, "u", "a", 1));
        disk.FailsToSync = true;
        await shop.Runtime.AppendAsync("clicks", Encoding.UTF8.GetBytes(Click(2, "u", "a", 2)));
        disk.FailsToSync = false;
        FaultStatus? fault = shop.Runtime.GetStatus().FaultStatus;

        Assert.Equal(FaultKind.Disk, fault?.Kind);
        Assert.Contains("start it again", fault?.Advice);
        Assert.Equal(FaultKind.Damage, Read(new DamageFault("p", 3, "torn", "t", 1, 7)).Kind);
        Assert.Contains("topic t, partition 1, offset 7", Read(new DamageFault("p", 3, "torn", "t", 1, 7)).Message);
        FaultStatus denied = Read(new DiskFault("p", "open", 13, "Permission denied"));
        Assert.Equal(FaultKind.Folder, denied.Kind);
        Assert.Contains("--data", denied.Advice);
        DamageFault passable = new("p", 3, "torn", "t", 1, 7) { CanBePassed = true };
        Assert.Contains("goes on without", Read(passable).Advice);
        Assert.DoesNotContain("goes on without", Read(new DamageFault("ledger", 3, "torn")).Advice);
        Assert.Equal(FaultKind.DiskFull, Read(new PoisonedFault(new DiskFault("p", "write", 28, "full"))).Kind);
        Assert.Equal(FaultKind.Replay, Read(new ReplayFault("t", 0, 1, 2)).Kind);
        Assert.Equal(FaultKind.Bug, Read(new InvalidOperationException()).Kind);
    }

    private static FaultStatus Read(Exception e) => FaultReader.Read(e);
}
