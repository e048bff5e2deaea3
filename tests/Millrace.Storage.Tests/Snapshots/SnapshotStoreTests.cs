using Millrace.Storage.Disk;
using Millrace.Storage.Snapshots;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Snapshots;

/// <summary>What is kept, what is listed, and what damage does.</summary>
public class SnapshotStoreTests
{
    private readonly SimulatedDisk disk = SnapshotLife.NewDisk(1);

    [Theory]
    [InlineData("F", 3, "1")]
    [InlineData("FDDD", 3, "1 2 3 4")]
    [InlineData("FDDDF", 3, "1 2 3 4 5")]
    [InlineData("FDFDDD", 3, "1 2 3 4 5 6")]
    [InlineData("FFDDFDDD", 3, "2 3 4 5 6 7 8")]
    [InlineData("FFFFF", 3, "3 4 5")]
    [InlineData("FFFFF", 1, "4 5")]
    [InlineData("FDFDF", 2, "3 4 5")]
    public void RetentionKeepsTheNewestTheirChainsAndOneOfAnEarlierChain(string kinds, int keep, string kept)
    {
        SnapshotStore store = Open();
        foreach (char kind in kinds)
        {
            Write(store, kind == 'F');
        }

        int removed = store.Retain(keep);
        Assert.Equal(kept, string.Join(' ', store.List().Reverse().Select(info => info.Number)));
        Assert.Equal(kinds.Length - store.List().Count, removed);
        Assert.Equal(store.List().Select(i => i.Number), Open().List().Select(i => i.Number));
        Assert.All(Open().List(), info => SnapshotLife.AssertReads(store, info));
    }

    [Fact]
    public void ADamagedBaseSpoilsItsChainOnlyAndRetentionKeepsTheEarlierOne()
    {
        SnapshotStore store = Open();
        foreach (char kind in "FDFDD")
        {
            Write(store, kind == 'F');
        }

        disk.Flip(SnapshotLife.Folder + "/" + SnapshotName.Of(3), 8 * 15);
        store = Open();
        Assert.Equal([5L, 4, 3], store.List().Where(i => i.Problem is not null).Select(i => i.Number));
        Assert.Contains("builds upon snapshot 3, which is damaged", store.List()[0].Problem!, StringComparison.Ordinal);
        Assert.Equal(0, store.Retain(2));
        Write(store, full: true);
        Write(store, full: true);
        Assert.Equal(5, store.Retain(2));
        Assert.Equal([7L, 6], store.List().Select(info => info.Number));
    }

    [Fact]
    public void AFlippedBitIsNeverReadAsContents()
    {
        SnapshotStore store = Open();
        Write(store, full: true);
        Write(store, full: false);
        Random random = new(3);
        (string Path, int Length)[] files = [.. disk.Files()];
        int listed = 0;
        for (int i = 0; i < 500; i++)
        {
            (string path, int length) = files[i % 2];
            int bit = random.Next(8 * (i < 250 ? Math.Min(length, 100) : length));
            disk.Flip(path, bit);
            SnapshotStore damaged = Open();
            SnapshotInfo newest = damaged.List()[0];
            listed += newest.Problem is null ? 0 : 1;
            Assert.Throws<DamageFault>(() => damaged.Open(newest with { Chain = [1] }).Verify());
            Assert.NotNull(damaged.List()[0].Problem);
            disk.Flip(path, bit);
        }

        Assert.InRange(listed, 100, 499);
        SnapshotLife.AssertReads(store, Open().List()[0]);
    }

    [Fact]
    public void AFileCutAnywhereIsListedAsDamaged()
    {
        Write(Open(), full: true);
        Write(Open(), full: true);
        (string path, int length) = disk.Files().Last();
        using IDiskFile file = disk.Open(path, DiskOpen.Write);
        for (int cut = 1; cut <= length; cut++)
        {
            file.Truncate(length - cut);
            Assert.NotNull(Open().List()[0].Problem);
            Assert.Null(Open().List()[1].Problem);
        }
    }

    [Fact]
    public void LargeBlocksAreSyncedAtTheEnd()
    {
        SnapshotStore store = Open();
        byte[] block = new byte[(1 << 20) + 1];
        new Random(1).NextBytes(block);
        SnapshotWriter writer = store.Begin(new SnapshotInfo(1, 1));
        int syncs = 0;
        disk.Script = op =>
        {
            syncs += op.Name == "sync" ? 1 : 0;
            return DiskOutcome.Proceed;
        };
        for (int i = 0; i < 4; i++)
        {
            writer.Write(block);
        }

        Assert.Equal(0, syncs);
        SnapshotInfo info = writer.Complete();
        Assert.Equal(1, syncs);
        Assert.Equal(info.Bytes, disk.Files().Single().Length);
        Assert.All(store.Open(info).Blocks(), read => Assert.True(read.Span.SequenceEqual(block)));
        Assert.Equal(4, store.Open(info).Blocks().Count());
    }

    [Fact]
    public void OneIsWrittenAtATimeAndOnAKnownBase()
    {
        SnapshotStore store = Open();
        SnapshotWriter writer = store.Begin(new SnapshotInfo(1, 1));
        Assert.Throws<InvalidOperationException>(() => store.Begin(new SnapshotInfo(1, 1)));
        writer.Abandon();
        Assert.Throws<InvalidOperationException>(() => writer.Write([]));
        Assert.Throws<ArgumentException>(() => store.Begin(new SnapshotInfo(1, 1) { Chain = [7] }));
        Assert.Empty(disk.Files());
    }

    [Fact]
    public void SnapshotsOfADeploymentGivenUpAreRemoved()
    {
        SnapshotStore store = Open();
        foreach (long deployment in new long[] { 1, 2, 2 })
        {
            store.Begin(new SnapshotInfo(1, deployment)).Complete();
        }

        Assert.Equal(2, store.RemoveAfterDeployment(1));
        Assert.Equal([1L], Open().List().Select(info => info.Number));
    }

    private SnapshotStore Open() => SnapshotStore.Open(disk, SnapshotLife.Folder, readOnly: false);

    private static void Write(SnapshotStore store, bool full)
    {
        IReadOnlyList<SnapshotInfo> all = store.List();
        long number = all.Count == 0 ? 1 : all[0].Number + 1;
        long[] chain = full ? [] : [.. all[0].Chain, all[0].Number];
        SnapshotWriter writer = store.Begin(
            new SnapshotInfo(10 * number, 3) { Chain = chain, Metadata = new[] { (byte)number } });
        foreach (byte[] block in SnapshotLife.BlocksOf(number))
        {
            writer.Write(block);
        }

        writer.Complete();
    }
}
