using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Crashes;

/// <summary>
/// Damaged records are named to the offset and byte; on demand exactly they are passed over, and life goes on.
/// </summary>
public class SkipDamagedTests
{
    private const int Seed = 5;
    private const int SeedOfLargeSegments = 6;
    private static readonly DataFolderOptions Skip = new() { SkipDamaged = true, SegmentBytes = 2500 };

    [Theory]
    [InlineData(Seed)]
    [InlineData(SeedOfLargeSegments)]
    public void AFlippedBitCostsItsBatchAndNoMore(int seed)
    {
        Random random = new(seed);
        List<PlacedRecord> whole = Contents(Closed(seed), new DataFolderOptions(), out _);
        foreach (string path in FolderContents.Segments(Closed(seed)))
        {
            foreach ((int start, RecordBatchHeader header) in FolderContents.Batches(Closed(seed), path))
            {
                if (!Holds(whole, path, header))
                {
                    continue;
                }

                SimulatedDisk disk = Closed(seed);
                int at = random.Next(header.TotalBytes);
                disk.Flip(path, (8 * (start + (at is >= 12 and < 16 ? 0 : at))) + random.Next(8));
                AssertLost(disk, whole, path, start, header.BaseOffset, header.NextOffset - 1);
            }
        }
    }

    [Fact]
    public void SeveralFlippedBitsCostTheirBatches()
    {
        Random random = new(Seed);
        List<PlacedRecord> whole = Contents(Closed(), new DataFolderOptions(), out _);
        for (int i = 0; i < 60; i++)
        {
            SimulatedDisk disk = Closed();
            HashSet<(string, int, long)> lost = [];
            foreach (string path in FolderContents.Segments(disk).Where(_ => random.Next(3) == 0))
            {
                foreach ((int start, RecordBatchHeader header) in FolderContents.Batches(disk, path))
                {
                    if (random.Next(3) == 0 && Holds(whole, path, header))
                    {
                        (string topic, int partition) = FolderContents.PlaceOf(path);
                        disk.Flip(path, 8 * (start + RecordBatchHeader.Size + 2));
                        lost.UnionWith(Enumerable.Range((int)header.BaseOffset, header.LastOffsetDelta + 1)
                            .Select(offset => (topic, partition, (long)offset)));
                    }
                }
            }

            List<PlacedRecord> rest = Contents(disk, Skip, out IReadOnlyList<UnreadableRecords> unreadable);
            Assert.Equal(whole.Where(r => !lost.Contains((r.Topic, r.Partition, r.Offset))), rest);
            Assert.Equal(lost.Count, unreadable.Sum(records => records.Count));
        }
    }

    [Fact]
    public void AFileCutShortOrMissingCostsWhatItHeld()
    {
        List<PlacedRecord> whole = Contents(Closed(), new DataFolderOptions(), out _);
        foreach (string path in FolderContents.Segments(Closed()))
        {
            List<(int Start, RecordBatchHeader Header)> batches = FolderContents.Batches(Closed(), path);
            if (!batches.TrueForAll(batch => Holds(whole, path, batch.Header)))
            {
                continue;
            }

            SimulatedDisk disk = Closed();
            using (IDiskFile file = disk.Open(path, DiskOpen.Write))
            {
                file.Truncate(file.Length - 30);
            }

            (int start, RecordBatchHeader last) = batches[^1];
            AssertLost(disk, whole, path, start, last.BaseOffset, last.NextOffset - 1);
            disk = Closed();
            disk.Delete(path);
            AssertLost(disk, whole, null, 0, batches[0].Header.BaseOffset, last.NextOffset - 1, path);
            disk = Closed();
            disk.Delete(path);
            disk.RemoveEmptyDirectories(FolderWorkload.Folder);
            AssertLost(disk, whole, null, 0, batches[0].Header.BaseOffset, last.NextOffset - 1, path);
        }
    }

    [Fact]
    public void WhatHasNoFileIsNamedByItsFolder()
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(Seed);
        using (DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, Skip))
        {
            folder.Commit.Add(folder.CreateTopic("events", 1, TopicKind.Source), 1, "k"u8, new byte[10]);
            folder.Commit.Commit();
            folder.Close();
        }

        disk.Delete(Assert.Single(FolderContents.Segments(disk)));
        const string Words = ": their segment is missing: /d/data/topics/events/0";
        DamageFault fault = Assert.Throws<DamageFault>(
            () => DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions()));
        Assert.Equal("topic events, partition 0, offset 0: not readable" + Words, fault.Message);
        using DataFolder reopened = DataFolder.Open(disk, FolderWorkload.Folder, Skip);
        Assert.Equal(
            "passed over: events/0: offsets 0 to 0 are not readable" + Words, Assert.Single(reopened.Recovery.Lines()));
    }

    [Fact]
    public void WhatWasAcknowledgedLastStaysBehindDamage()
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(Seed);
        using (DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, Skip))
        {
            TopicLog events = folder.CreateTopic("events", 1, TopicKind.Source);
            for (int i = 0; i < 3; i++)
            {
                folder.Commit.Add(events, i, "k"u8, new byte[10]);
                folder.Commit.Commit();
            }
        }

        // No later entry of the ledger vouches for the third commit; the second is damaged.
        string path = Assert.Single(FolderContents.Segments(disk));
        disk.Flip(path, 8 * (FolderContents.Batches(disk, path)[1].Start + RecordBatchHeader.Size + 2));
        using DataFolder reopened = DataFolder.Open(disk, FolderWorkload.Folder, Skip);
        Assert.Equal(3, reopened.CommittedPosition);
        Assert.Equal((1, 1), (Assert.Single(reopened.Unreadable).FirstOffset, reopened.Unreadable[0].LastOffset));
        Assert.Equal(3, reopened.Topics[0].Partitions[0].CommittedEnd);
    }

    [Fact]
    public void WhatIsAddedAfterwardsStays()
    {
        Random random = new(Seed);
        foreach (string path in FolderContents.Segments(Closed()))
        {
            SimulatedDisk disk = Closed();
            foreach ((int start, RecordBatchHeader header) in FolderContents.Batches(disk, path))
            {
                disk.Flip(path, 8 * (start + random.Next(20, header.TotalBytes)));
            }

            List<PlacedRecord> rest = Contents(disk, Skip, out _);
            for (int life = 0; life < 3; life++)
            {
                using (DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, Skip))
                {
                    TopicLog events = folder.CreateTopic("events", 3, TopicKind.Source);
                    for (int i = 0; i < 9; i++)
                    {
                        folder.Commit.Add(events.Partitions[i % 3], i, "k"u8, new byte[100 * i]);
                    }

                    folder.Commit.Commit();
                }

                List<PlacedRecord> more = Contents(disk, Skip, out _);
                Assert.Equal(rest.Count + 9, more.Count);
                Assert.Equal(rest, more.Take(rest.Count));
                rest = more;
            }
        }
    }

    private static void AssertLost(
        SimulatedDisk disk, List<PlacedRecord> whole, string? path, int start, long first, long last,
        string? missing = null)
    {
        (string topic, int partition) = FolderContents.PlaceOf(path ?? missing!);
        List<string> before = Logs(disk);
        DamageFault fault = Assert.Throws<DamageFault>(() => Contents(disk, new DataFolderOptions(), out _));
        Assert.Equal((topic, partition, first, last), (fault.Topic, fault.Partition, fault.Offset, fault.LastOffset));
        Assert.True(path is null || (path, start) == (fault.Path, fault.Position), fault.Message);
        Assert.Equal(before, Logs(disk));

        List<PlacedRecord> rest = Contents(disk, Skip, out IReadOnlyList<UnreadableRecords> unreadable);
        UnreadableRecords lost = Assert.Single(unreadable);
        Assert.Equal((topic, partition, first, last), (lost.Topic, lost.Partition, lost.FirstOffset, lost.LastOffset));
        Assert.Equal(
            whole.Where(r => (r.Topic, r.Partition) != (topic, partition) || r.Offset < first || r.Offset > last),
            rest);

        using DataFolder readOnly = DataFolder.OpenReadOnly(disk, FolderWorkload.Folder, skipDamaged: true);
        Assert.Equal(rest, FolderContents.Read(readOnly));
    }

    // Records that the ledger has dropped are read by nobody.
    private static bool Holds(List<PlacedRecord> whole, string path, RecordBatchHeader header) => whole.Exists(record =>
        (record.Topic, record.Partition) == FolderContents.PlaceOf(path) && record.Offset == header.BaseOffset);

    private static List<string> Logs(SimulatedDisk disk) =>
        [.. disk.Files().Where(f => f.Path.EndsWith(".log")).Select(f => f.ToString()).Order()];

    private static List<PlacedRecord> Contents(
        SimulatedDisk disk, DataFolderOptions options, out IReadOnlyList<UnreadableRecords> unreadable)
    {
        using DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, options);
        List<PlacedRecord> contents = FolderContents.Read(folder);
        unreadable = folder.Unreadable;
        Assert.All(folder.Recovery.Skipped, skipped => Assert.Contains(skipped, folder.Unreadable));
        return contents;
    }

    private static SimulatedDisk Closed(int seed = Seed)
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(seed);
        new FolderWorkload(seed, Durability.Fsync).Run(disk, actions: 40, close: true);
        return disk;
    }
}
