using System.Text;
using Millrace.Hosting.Replaying;
using Millrace.Hosting.Tests.Deployments;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Millrace.Testing.Disks;
using Xunit;
using static Millrace.Hosting.Tests.Support.RunningShop;

namespace Millrace.Hosting.Tests;

/// <summary>Git, object stores and archives keep files: a folder without files is not in the copy.</summary>
public sealed class CopiedFolderTests
{
    private static readonly string Changed = TestProject.Shop.Replace(
        "ON c.item = i.item", "ON c.item = i.item WHERE c.user <> 'nobody'", StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Empty_folders_may_be_missing(bool isStopped)
    {
        using ChangingShop shop = new();
        await FillAsync(shop);
        Dictionary<string, string[]> rows = shop.AllRows();
        string[] readable = Readable(shop);
        if (isStopped)
        {
            shop.Stop();
        }

        shop.Kill();
        int before = Folders(shop.Disk, ChangingShop.Folder);
        shop.Disk.RemoveEmptyDirectories(ChangingShop.Folder);
        Assert.True(before > Folders(shop.Disk, ChangingShop.Folder));
        shop.Start(Changed);

        Assert.Equal(rows, shop.AllRows());
        Assert.Equal(readable, Readable(shop));
        Assert.Equal(before, Folders(shop.Disk, ChangingShop.Folder));
    }

    [Theory]
    [InlineData(Survival.None)]
    [InlineData(Survival.Some)]
    public async Task What_is_taken_afterwards_stays_through_a_loss_of_power(Survival survival)
    {
        using ChangingShop shop = new();
        await FillAsync(shop);
        shop.Kill();
        shop.Disk.RemoveEmptyDirectories(ChangingShop.Folder);
        shop.Start(Changed);
        for (int i = 0; i < 40; i++)
        {
            shop.Append("clicks", Click(100 + i, "u" + i, "a", 70));
        }

        Dictionary<string, string[]> rows = shop.AllRows();
        shop.Kill(survival);
        shop.Start(Changed);

        Assert.Equal(rows, shop.AllRows());
    }

    // Two deployments, rows, a window that is open, snapshots, bad rows, one of them posted again.
    private static async Task FillAsync(ChangingShop shop)
    {
        shop.Start(TestProject.Shop);
        shop.Append("items", "{\"item\":\"a\",\"price\":2.5}", timestampMs: 0);
        shop.Append("clicks", Click(1, "u", "a", 1));
        shop.Append("clicks", "not json\nnor this");
        shop.Stop();
        shop.Kill();
        shop.Start(Changed);
        Task<ReplayAnswer> posted = new BadReplay(shop.Core).RunAsync(new ReplayRequest("clicks$bad")
        {
            Mended = new Dictionary<long, ReadOnlyMemory<byte>>
            {
                [0] = Encoding.UTF8.GetBytes(Click(2, "v", "a", 2)),
            },
        });
        shop.RunAll();
        Assert.Equal(1, (await posted).Posted);
        Task<Storage.Snapshots.SnapshotInfo?> taken = shop.Core.TakeSnapshot();
        shop.RunAll();
        Assert.NotNull(await taken);
        shop.Append("clicks", Click(3, "u", "a", 62));
    }

    private static string[] Readable(ChangingShop shop) =>
        [.. shop.Core.Engine.Run.Project.Models.SelectMany(m => shop.Read(m.Name, ViewParts.LiveAndFinal))];

    private static int Folders(SimulatedDisk disk, string path) => disk.List(path)
        .Select(name => path + "/" + name)
        .Where(disk.DirectoryExists)
        .Sum(folder => 1 + Folders(disk, folder));
}
