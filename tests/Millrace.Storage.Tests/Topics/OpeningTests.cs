using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Topics;

/// <summary>An opening checks what came after the last flush, not what was known to be on disk before.</summary>
public class OpeningTests
{
    private SimulatedDisk disk = FolderWorkload.NewDisk(1);

    [Fact]
    public void OnlyTheEndIsScanned()
    {
        Fill(200, flush: true);
        Fill(20, flush: false);
        disk.Flip(Log(), 8 * 5000);
        using (DataFolder folder = Open())
        {
            Assert.Equal(220, folder.CommittedPosition);
            Assert.Throws<DamageFault>(() => Read(folder));
        }

        disk.Flip(Log(), 8 * 5000);
        disk.Flip(Log(), 8 * (Length() - 3000));
        Assert.Throws<DamageFault>(Open);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("another")]
    [InlineData("gone")]
    public void AnIndexThatDoesNotFitCostsAScanOnly(string what)
    {
        Fill(200, flush: true);
        string index = Log().Replace(".log", ".index", StringComparison.Ordinal);
        if (what == "gone")
        {
            disk.Delete(index);
        }
        else if (what == "flipped")
        {
            disk.Flip(index, (8 * (disk.Files().First(f => f.Path == index).Length - 9)) + 3);
        }
        else
        {
            using IDiskFile file = disk.Open(index, DiskOpen.Write);
            file.Truncate(what == "cut" ? 12 : 8);
            file.Write(8, what == "cut" ? [] : [0, 0, 0, 70, 0, 0, 80, 0]);
        }

        using DataFolder folder = Open();
        Assert.Equal(200, Read(folder));
        Assert.True(folder.TryGetTopic("events", out TopicLog? topic));
        for (long from = 0; from < 200; from += 7)
        {
            PartitionReader reader = topic!.Partitions[0].OpenReader(from);
            Assert.True(reader.MoveNext());
            Assert.Equal(from, reader.Offset);
        }
    }

    /// <summary>Else it would be the last one behind records that have come since, should the power fail.</summary>
    [Fact]
    public void AnEmptySegmentThatGoesIsGoneForGood()
    {
        Fill(20, flush: true);
        string empty = $"{Path.GetDirectoryName(Log())}/{20:D20}.log";
        disk.Open(empty, DiskOpen.Create).Dispose();
        disk.SyncDirectory(Path.GetDirectoryName(empty)!);
        using (Open())
        {
            Assert.False(disk.FileExists(empty));
        }

        Assert.False(disk.Restart(Survival.None).FileExists(empty));
    }

    /// <summary>
    /// A process that dies between a cut and its sync leaves nothing to cut to the next one, whose records go to the
    /// same place: what was cut must not come back under them.
    /// </summary>
    [Theory]
    [InlineData("a tail")]
    [InlineData("a segment")]
    [InlineData("a segment that the ledger does not know")]
    public void WhatAKilledOpeningCutIsGoneForGood(string what)
    {
        Fill(what == "a tail" ? 20 : 0, flush: true);
        string topic = what == "a segment that the ledger does not know" ? Unregistered() : "events";
        string path = $"{FolderWorkload.Folder}/topics/{topic}/0/{0:D20}.log";
        long kept = LengthOf(path);
        using (IDiskFile file = disk.Open(path, kept > 0 ? DiskOpen.Write : DiskOpen.Create))
        {
            file.Write(kept, new byte[100]);
            file.Sync();
        }

        string directory = Path.GetDirectoryName(path)!;
        disk.SyncDirectory(directory);
        disk.Script = operation => operation.Name == "sync directory" && operation.Path == directory
            ? DiskOutcome.Crash
            : DiskOutcome.Proceed;
        Assert.Throws<SimulatedCrash>(Open);
        disk = disk.Restart(Survival.All);
        Assert.Equal(kept, LengthOf(path));
        Open().Dispose();
        disk = disk.Restart(Survival.None);
        Assert.Equal(kept, LengthOf(path));
    }

    /// <summary>After a failed sync the cache calls clean what is not on disk, and a new sync leaves it out.</summary>
    [Fact]
    public void RecordsThatAnOpeningKeepsAreOnDiskAlsoWhereItCutBehindThem()
    {
        Fill(20, flush: true);
        string log = Log();
        using (DataFolder folder = Open())
        {
            disk.Script = operation => operation.Name == "sync" && operation.Path == log
                ? DiskOutcome.Fail
                : DiskOutcome.Proceed;
            Assert.True(folder.TryGetTopic("events", out TopicLog? topic));
            folder.Commit.Add(topic!, 20, "k"u8, Encoding.UTF8.GetBytes(new string('v', 2000)));
            Assert.Throws<DiskFault>(() => folder.Commit.Commit());
        }

        disk = disk.Restart(Survival.All);
        using (IDiskFile file = disk.Open(log, DiskOpen.Write))
        {
            file.Write(file.Length, new byte[100]);
        }

        using (DataFolder folder = Open())
        {
            Assert.Equal(21, folder.CommittedPosition);
        }

        disk = disk.Restart(Survival.None);
        using DataFolder after = Open();
        Assert.Equal(21, Read(after));
    }

    /// <summary>A ledger from elsewhere: it ends within a batch. That is found before anything is cut.</summary>
    [Fact]
    public void ALedgerThatEndsWithinABatchIsRefusedAndNothingIsCut()
    {
        Fill(2, flush: true);
        string log = Log();
        RecordBatchBuilder batch = new();
        for (int i = 0; i < 3; i++)
        {
            batch.Append(i, new NullableBytes("k"u8), new NullableBytes("v"u8));
        }

        using (IDiskFile file = disk.Open(log, DiskOpen.Write))
        {
            file.Truncate(0);
            file.Write(0, batch.Finish());
        }

        List<(string, int)> before = [.. disk.Files()];

        DamageFault fault = Assert.Throws<DamageFault>(Open);
        Assert.Equal(("events", 0, 2), (fault.Topic, fault.Partition, fault.Offset));
        Assert.Equal(before.Order(), disk.Files().Order());
    }

    // A topic whose creation was interrupted before the ledger knew it.
    private string Unregistered()
    {
        using (DataFolder folder = Open())
        {
            disk.Script = operation => operation.Path.Contains("/ledger/") ? DiskOutcome.Crash : DiskOutcome.Proceed;
            Assert.Throws<SimulatedCrash>(() => folder.CreateTopic("unregistered", 1, TopicKind.Source));
        }

        disk = disk.Restart(Survival.All);
        return "unregistered";
    }

    private static int Read(DataFolder folder)
    {
        PositionReader reader = folder.OpenPositions();
        PositionBatch batch = new();
        int count = 0;
        while (reader.Read(batch, 50) > 0)
        {
            count += batch.Sources.Sum(source => source.Count);
        }

        return count;
    }

    private void Fill(int records, bool flush)
    {
        using DataFolder folder = Open();
        TopicLog topic = folder.CreateTopic("events", 1, TopicKind.Source);
        for (int i = 0; i < records; i++)
        {
            folder.Commit.Add(topic, i, "k"u8, Encoding.UTF8.GetBytes(new string('v', 300)));
            folder.Commit.Commit();
        }

        if (flush)
        {
            folder.Flush();
        }
    }

    private string Log() =>
        disk.Files().Select(f => f.Path).Single(path => path.Contains("/events/0/") && path.EndsWith(".log"));

    private int Length() => LengthOf(Log());

    private int LengthOf(string path) => disk.Files().FirstOrDefault(file => file.Path == path).Length;

    private DataFolder Open() => DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions());
}
