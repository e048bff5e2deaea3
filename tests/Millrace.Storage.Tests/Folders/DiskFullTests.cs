using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Tests.Cleaning;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>
/// A disk that fills up: refused in time, taken back where it was too late, and gone on with afterwards.
/// </summary>
public class DiskFullTests
{
    private static readonly DataFolderOptions Options = new() { ReserveBytes = 1000, SegmentBytes = 3000 };
    private readonly SimulatedDisk disk = FolderWorkload.NewDisk(1);

    [Fact]
    public void ACommitThatWouldTakeFromTheReserveIsRefusedBeforeItBegins()
    {
        using DataFolder folder = DataFolder.Open(disk, "/d/data", Options);
        PartitionLog log = folder.CreateTopic("t", 1, TopicKind.Source).Partitions[0];
        disk.Capacity = disk.UsedBytes + 1500;
        Commit(folder, log, 300);
        int before = disk.Operations;
        DiskFullFault fault = Assert.Throws<DiskFullFault>(() => Commit(folder, log, 300));
        Assert.Equal(before, disk.Operations);
        Assert.InRange(fault.FreeBytes, 1000, 1300);
        Assert.Equal((1L, 1L), (folder.CommittedPosition, log.EndOffset));
        Assert.Null(folder.Poison);
        disk.Capacity = disk.UsedBytes + 999;
        Assert.Throws<DiskFullFault>(() => folder.CreateTopic("u", 1, TopicKind.Source));
        disk.Capacity += 1000;
        Commit(folder, log, 300);
        Assert.Equal(2, folder.CommittedPosition);
    }

    [Fact]
    public void StepsMayUseTheReserveAndWaitWhenItIsUsedUp()
    {
        using DataFolder folder = DataFolder.Open(disk, "/d/data", Options);
        PartitionLog log = folder.CreateTopic("t", 1, TopicKind.Source).Partitions[0];
        TopicLog topic = folder.CreateTopic("out", 2, TopicKind.Derived);
        DerivedAppender output = folder.OpenDerived(topic);
        Commit(folder, log, 10);
        disk.Capacity = disk.UsedBytes + 1000;
        byte[] value = new byte[350];
        output.Append(0, 1, default, value);
        folder.CommitStep(0);
        Assert.Equal(1, topic.Partitions[0].CommittedEnd);
        output.Append(0, 2, default, value);
        output.Append(1, 3, default, value);
        Assert.Throws<DiskFullFault>(() => folder.CommitStep(1));
        Assert.Throws<DiskFullFault>(() => folder.CommitStep(1));
        Assert.Equal((1L, 0L), (topic.Partitions[0].CommittedEnd, topic.Partitions[1].CommittedEnd));
        Assert.Equal(0, folder.LastStepPosition);
        output.Append(1, 4, default, value);
        disk.Capacity += 2000;
        folder.CommitStep(1);
        Assert.Equal(1, folder.LastStepPosition);
        Assert.Equal([1, 2], LifeReading.Records(topic.Partitions[0]).Select(record => record.Timestamp));
        Assert.Equal([3, 4], LifeReading.Records(topic.Partitions[1]).Select(record => record.Timestamp));
        Assert.Equal(2, folder.StepEnd(topic.Partitions[1]));
    }

    [Fact]
    public void OutputsOfALargeStepWaitInMemoryUntilItsEnd()
    {
        using DataFolder folder = DataFolder.Open(disk, "/d/data", Options);
        TopicLog topic = folder.CreateTopic("out", 1, TopicKind.Derived);
        DerivedAppender output = folder.OpenDerived(topic);
        disk.Capacity = disk.UsedBytes + 300_000;
        for (int i = 0; i < 100; i++)
        {
            output.Append(0, i, default, new byte[10_000]);
        }

        Assert.Equal(100, output.NextOffset(0));
        Assert.Throws<DiskFullFault>(() => folder.CommitStep(0));
        disk.Capacity += 1_000_000;
        folder.CommitStep(0);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => (long)i),
            LifeReading.Records(topic.Partitions[0]).Select(record => record.Timestamp));
    }

    [Theory]
    [InlineData("topics/t/1/")]
    [InlineData("ledger/")]
    public void WhatWasWrittenOfARefusedCommitIsTakenBack(string path)
    {
        using (DataFolder folder = DataFolder.Open(disk, "/d/data", Options))
        {
            TopicLog topic = folder.CreateTopic("t", 2, TopicKind.Source);
            Commit(folder, topic.Partitions[0], 10);
            long used = disk.UsedBytes;
            disk.Script = op => op.Name == "write" && op.Path.Contains(path, StringComparison.Ordinal)
                ? DiskOutcome.Full
                : DiskOutcome.Proceed;
            folder.Commit.Add(topic.Partitions[0], 5, "k"u8, "lost"u8);
            folder.Commit.Add(topic.Partitions[1], 5, "k"u8, "lost"u8);
            Assert.Throws<DiskFullFault>(() => folder.Commit.Commit());
            Assert.Equal(used, disk.UsedBytes);
            disk.Script = null;
            Commit(folder, topic.Partitions[1], 10);
            Assert.Equal((1L, 1L), (topic.Partitions[0].EndOffset, topic.Partitions[1].EndOffset));
        }

        using DataFolder again = DataFolder.Open(disk.Restart(Survival.None), "/d/data", Options);
        Assert.Empty(again.Recovery.Cuts);
        Assert.Equal(2, LifeReading.Inputs(again, 10).Count(input => input?.Timestamp == 1));
    }

    /// <summary>The ledger does not know such a topic yet, and flushes come at any moment.</summary>
    [Fact]
    public void ATopicForWhichTheLedgerHadNoRoomIsFlushedPastAndCreatedLater()
    {
        using DataFolder folder = DataFolder.Open(disk, "/d/data", Options);
        Commit(folder, folder.CreateTopic("t", 1, TopicKind.Source).Partitions[0], 10);
        disk.Script = op => op.Name == "write" && op.Path.Contains("ledger/", StringComparison.Ordinal)
            ? DiskOutcome.Full
            : DiskOutcome.Proceed;
        Assert.Throws<DiskFullFault>(() => folder.CreateTopic("u", 1, TopicKind.Source));
        disk.Script = null;
        folder.Flush();
        Assert.Null(folder.Poison);
        Commit(folder, folder.CreateTopic("u", 1, TopicKind.Source).Partitions[0], 10);
        folder.Flush();
        Assert.Equal(2, folder.CommittedPosition);
    }

    private static void Commit(DataFolder folder, PartitionLog log, int bytes)
    {
        folder.Commit.Add(log, 1, "k"u8, new byte[bytes]);
        folder.Commit.Commit();
    }
}
