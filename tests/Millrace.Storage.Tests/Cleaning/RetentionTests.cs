using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Cleaning;

/// <summary>Which segments go, and what readers see of it.</summary>
public class RetentionTests
{
    private const long Everything = long.MaxValue;
    private readonly SimulatedDisk disk = FolderWorkload.NewDisk(1);

    [Fact]
    public void SegmentsGoWhenTheirNewestRecordIsTooOld()
    {
        using DataFolder folder = Filled(new() { RetentionMs = 100, SegmentMs = 9 }, out PartitionLog log);
        Assert.Equal([0, 10, 20, 30, 40], Bases(log));
        Assert.Empty(folder.ApplyRetention(109, _ => Everything));
        Assert.Equal(10, Assert.Single(folder.ApplyRetention(110, _ => Everything)).StartOffset);
        Assert.Equal(10, log.StartOffset);
        Assert.Equal(30, Assert.Single(folder.ApplyRetention(135, _ => Everything)).StartOffset);
        Assert.Equal([30, 40, 50], Bases(log));
    }

    [Fact]
    public void AQuietPartitionLosesItsLastSegmentToo()
    {
        using DataFolder folder = Filled(new() { RetentionMs = 100 }, out PartitionLog log);
        Assert.Equal([0], Bases(log));
        Assert.Equal(50, Assert.Single(folder.ApplyRetention(1000, _ => Everything)).StartOffset);
        Assert.Equal([50], Bases(log));
        Append(folder, log, 7);
        Assert.Equal([50], LifeReading.Records(log).Select(record => record.Offset));
        folder.Close();
        using DataFolder again = DataFolder.Open(disk, "/d/data", new DataFolderOptions());
        Assert.Equal((50, 51), (again.Topics[0].Partitions[0].StartOffset, again.Topics[0].Partitions[0].EndOffset));
    }

    [Fact]
    public void TheOldestSegmentsGoWhileTheRestIsLargeEnough()
    {
        using DataFolder folder = Filled(new() { RetentionBytes = 2500, SegmentMs = 9 }, out PartitionLog log);
        SegmentsRemoved removed = Assert.Single(folder.ApplyRetention(0, _ => Everything));
        long left = log.Segments.ToArray().Sum(segment => segment.File.Length);
        Assert.True(left >= 2500 && left - log.Segments[0].File.Length < 2500, $"{left} bytes are left");
        Assert.True(removed.Bytes > 0);
        Assert.Empty(folder.ApplyRetention(0, _ => Everything));
    }

    [Fact]
    public void WhatIsNeededOrNotOnDiskStays()
    {
        using DataFolder folder = Filled(new() { RetentionMs = 1, SegmentMs = 9 }, out PartitionLog log);
        Assert.Empty(folder.ApplyRetention(1000, _ => 9));
        Assert.Equal(20, Assert.Single(folder.ApplyRetention(1000, _ => 29)).StartOffset);
        for (int i = 0; i < 30; i++)
        {
            Append(folder, log, i);
        }

        Assert.Equal(50, Assert.Single(folder.ApplyRetention(1000, _ => Everything)).StartOffset);
    }

    [Fact]
    public void WithoutLimitsNothingGoes()
    {
        using DataFolder folder = Filled(new() { SegmentMs = 9 }, out _);
        Assert.Empty(folder.ApplyRetention(long.MaxValue, _ => Everything));
    }

    [Fact]
    public void AReaderThatIsBehindIsToldAndAnotherGoesOn()
    {
        using DataFolder folder = Filled(new() { RetentionMs = 100, SegmentMs = 9 }, out PartitionLog log);
        PartitionReader behind = log.OpenReader(0);
        PartitionReader ahead = log.OpenReader(35);
        Assert.True(behind.MoveNext() && ahead.MoveNext());
        PositionReader positions = folder.OpenPositions();
        PositionBatch batch = new();
        positions.Read(batch, 1);
        folder.ApplyRetention(135, _ => Everything);
        OffsetOutOfRangeFault fault = Assert.Throws<OffsetOutOfRangeFault>(() => ReadOn(behind));
        Assert.Equal(("t", 0, 30L), (fault.Topic, fault.Partition, fault.StartOffset));
        Assert.Throws<OffsetOutOfRangeFault>(() => ReadOn(log.OpenReader(29)));
        Assert.Throws<OffsetOutOfRangeFault>(() => ReadPositions(positions));
        Assert.Equal(14, ReadOn(ahead));
        Assert.Equal(20, ReadOn(log.OpenReader()));
        Assert.Equal(30, LifeReading.Inputs(folder, 7).TakeWhile(input => input is null).Count());
    }

    [Fact]
    public void ALostBeginningIsDamageAndARemovedOneIsNot()
    {
        Filled(new() { SegmentMs = 9 }, out _).Close();
        disk.Delete("/d/data/topics/t/0/00000000000000000000.log");
        Assert.Throws<DamageFault>(() => DataFolder.Open(disk, "/d/data", new DataFolderOptions()));
        using DataFolder folder = DataFolder.OpenReadOnly(disk, "/d/data");
        Assert.Throws<DamageFault>(() => ReadOn(folder.Topics[0].Partitions[0].OpenReader()));
    }

    [Fact]
    public void ADamagedNoteIsDamage()
    {
        using (DataFolder folder = Filled(new() { RetentionMs = 100, SegmentMs = 9 }, out _))
        {
            folder.ApplyRetention(135, _ => Everything);
            folder.Close();
        }

        disk.Flip("/d/data/topics/t/0/partition.meta", 130);
        Assert.Throws<DamageFault>(() => DataFolder.Open(disk, "/d/data", new DataFolderOptions()));
    }

    // Fifty records with timestamps 0 to 49, each a commit, all on disk.
    private DataFolder Filled(TopicSettings settings, out PartitionLog log)
    {
        DataFolder folder = DataFolder.Open(disk, "/d/data", new DataFolderOptions());
        log = folder.CreateTopic("t", 1, TopicKind.Source, settings).Partitions[0];
        for (int i = 0; i < 50; i++)
        {
            Append(folder, log, i);
        }

        folder.Flush();
        return folder;
    }

    private static void Append(DataFolder folder, PartitionLog log, long timestamp)
    {
        folder.Commit.Add(log, timestamp, "k"u8, "some value"u8);
        folder.Commit.Commit();
    }

    private static IEnumerable<long> Bases(PartitionLog log) =>
        log.Segments.ToArray().Select(segment => segment.BaseOffset);

    private static int ReadOn(PartitionReader reader)
    {
        int count = 0;
        while (reader.MoveNext())
        {
            count++;
        }

        return count;
    }

    private static void ReadPositions(PositionReader reader)
    {
        PositionBatch batch = new();
        while (reader.Read(batch, 10) > 0)
        {
        }
    }
}
