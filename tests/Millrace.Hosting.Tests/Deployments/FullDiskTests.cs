using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;
using static Millrace.Hosting.Tests.Support.TestProject;

namespace Millrace.Hosting.Tests.Deployments;

/// <summary>A changed project waits for room as all that writes does, and goes on by itself.</summary>
public sealed class FullDiskTests
{
    private static readonly string Halved =
        Shop.Replace("INTERVAL '1' MINUTE", "INTERVAL '30' SECOND", StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void A_rebuild_waits_until_there_is_room(long free)
    {
        using ChangingShop shop = Filled();
        shop.Open(Halved);
        shop.RunSteps();
        shop.Disk.Capacity = shop.Disk.UsedBytes + free;
        shop.Advance(1);
        shop.Advance(60);
        Assert.False(shop.Core.Deployed.IsCompleted);
        Assert.Equal(RuntimeState.Running, shop.Core.State);

        shop.Disk.Capacity = long.MaxValue;
        shop.Advance(60);
        Assert.True(shop.Core.Deployed.IsCompletedSuccessfully);
        Assert.Equal(Undisturbed(), shop.AllRows());
    }

    /// <summary>Whatever was measured, a write may find no room.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Rows_of_a_rebuild_that_find_no_room_are_written_later(int refused)
    {
        using ChangingShop shop = Filled();
        shop.Open(Halved);
        int left = refused;
        shop.Disk.Script = o => o.Name == "write" && o.Path.Contains("~2/", StringComparison.Ordinal) && left-- > 0
            ? DiskOutcome.Full
            : DiskOutcome.Proceed;
        for (int i = 0; i < refused + 5; i++)
        {
            shop.Advance(1);
        }

        Assert.True(left < 0);
        Assert.True(shop.Core.Deployed.IsCompletedSuccessfully);
        shop.Advance(55 - refused);
        Assert.Equal(Undisturbed(), shop.AllRows());
    }

    /// <summary>
    /// The take-over itself writes: a snapshot above all. The running project goes on until there is room for it.
    /// </summary>
    [Theory]
    [InlineData("snapshots/", 1)]
    [InlineData("snapshots/", 3)]
    [InlineData("projects/", 2)]
    public void A_take_over_waits_until_there_is_room(string path, int refused)
    {
        using ChangingShop shop = Filled();
        shop.Open(Halved);
        int left = refused;
        shop.Disk.Script = o => o.Name is "write" or "create" or "open"
            && o.Path.Contains(path, StringComparison.Ordinal) && left-- > 0
                ? DiskOutcome.Full
                : DiskOutcome.Proceed;
        int moments = 0;
        for (; !shop.Core.Deployed.IsCompleted && moments < 30; moments++)
        {
            shop.Advance(1);
            Assert.Equal(RuntimeState.Running, shop.Core.State);
        }

        Assert.True(left < 0);
        Assert.True(shop.Core.Deployed.IsCompletedSuccessfully);
        shop.Advance(60 - moments);
        Assert.Equal(Undisturbed(), shop.AllRows());
        shop.Kill();
        shop.Open(Halved);
        shop.RunSteps();
        Assert.Equal(Undisturbed(), shop.AllRows());
    }

    private static ChangingShop Filled()
    {
        ChangingShop shop = new();
        shop.Start(Shop);
        shop.Append("items", "{\"item\":\"a\",\"price\":2.5}", timestampMs: 0);
        for (int i = 0; i < 200; i++)
        {
            shop.Append("clicks", Click(i, $"u{i % 7}", "a", i));
        }

        shop.Stop();
        return shop;
    }

    private static Dictionary<string, string[]> Undisturbed()
    {
        using ChangingShop shop = Filled();
        shop.Start(Halved);
        shop.Advance(61);
        return shop.AllRows();
    }
}
