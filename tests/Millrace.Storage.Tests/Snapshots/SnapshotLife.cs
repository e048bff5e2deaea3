using Millrace.Storage.Snapshots;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Snapshots;

/// <summary>
/// Writes and retains snapshots at random, with its own account of what was completed: the contents of every snapshot
/// follow from its number. May be run again after a crash, on what the disk then holds.
/// </summary>
internal sealed class SnapshotLife(int seed)
{
    public const string Folder = "/d/snapshots";
    private readonly Random random = new(seed);
    private SortedDictionary<long, long[]> completed = [];
    private (long Number, long[] Chain)? inFlight;
    private bool retaining;

    public static SimulatedDisk NewDisk(int seed)
    {
        SimulatedDisk disk = new(seed);
        disk.CreateDirectory(Folder);
        disk.SyncDirectory("");
        disk.SyncDirectory("/d");
        return disk;
    }

    public static byte[][] BlocksOf(long number)
    {
        Random random = new((int)number);
        byte[][] blocks = [.. Enumerable.Range(0, random.Next(6)).Select(_ => new byte[random.Next(3000)])];
        foreach (byte[] block in blocks)
        {
            random.NextBytes(block);
        }

        return blocks;
    }

    public void Run(SimulatedDisk disk, int actions)
    {
        SnapshotStore store = SnapshotStore.Open(disk, Folder, readOnly: false);
        Compare(store, disk);
        for (int i = 0; i < actions; i++)
        {
            if (random.Next(4) == 0)
            {
                retaining = true;
                store.Retain(1 + random.Next(3));
                TakeOver(store);
                retaining = false;
            }
            else
            {
                Write(store, give: random.Next(6) == 0);
            }
        }

        Compare(store, disk);
    }

    public static void AssertReads(SnapshotStore store, SnapshotInfo info)
    {
        byte[][] expected = [.. info.Chain.Append(info.Number).SelectMany(BlocksOf)];
        Assert.Equal(expected, store.Open(info).Blocks().Select(block => block.ToArray()));
        Assert.Equal(new[] { (byte)info.Number }, info.Metadata.ToArray());
        Assert.Equal((10 * info.Number, 3L), (info.Position, info.Deployment));
        Assert.Equal(BlocksOf(info.Number).Length, info.Blocks);
    }

    private void Compare(SnapshotStore store, SimulatedDisk disk)
    {
        List<SnapshotInfo> found = [.. store.List().Reverse()];
        List<long> certain = retaining ? [] : [.. completed.Keys];
        if (completed.Count > 0)
        {
            certain.Add(completed.Keys.Last());
        }

        Assert.Subset(found.Select(info => info.Number).ToHashSet(), certain.ToHashSet());
        foreach (SnapshotInfo info in found)
        {
            Assert.Null(info.Problem);
            bool known = completed.TryGetValue(info.Number, out long[]? chain);
            Assert.True(known || inFlight?.Number == info.Number, "snapshot " + info.Number + " was invented");
            Assert.Equal(known ? chain : inFlight!.Value.Chain, info.Chain);
            AssertReads(store, info);
        }

        Assert.Equal(found.Count, disk.Files().Count());
        TakeOver(store);
        retaining = false;
        inFlight = null;
    }

    private void TakeOver(SnapshotStore store) =>
        completed = new(store.List().ToDictionary(info => info.Number, info => info.Chain.ToArray()));

    private void Write(SnapshotStore store, bool give)
    {
        long[] chain = completed.Count > 0 && random.Next(3) > 0
            ? [.. completed.Values.Last(), completed.Keys.Last()]
            : [];
        long number = completed.Count == 0 ? 1 : completed.Keys.Last() + 1;
        inFlight = (number, chain);
        SnapshotWriter writer = store.Begin(
            new SnapshotInfo(10 * number, 3) { Chain = chain, Metadata = new[] { (byte)number } });
        Assert.Equal(number, writer.Info.Number);
        foreach (byte[] block in BlocksOf(number))
        {
            writer.Write(block);
        }

        if (give)
        {
            writer.Abandon();
        }
        else
        {
            writer.Complete();
            completed.Add(number, chain);
        }

        inFlight = null;
    }
}
