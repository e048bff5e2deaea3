using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Tests.Crashes;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>After a failed write or sync: nothing of the group is seen, no more is taken, a reopening heals.</summary>
public class PoisonTests
{
    [Theory]
    [InlineData("write", DiskOutcome.Fail)]
    [InlineData("sync", DiskOutcome.Fail)]
    [InlineData("sync", DiskOutcome.Full)]
    public void AFailedCommitIsNotSeenAndStopsAppends(string operation, DiskOutcome outcome)
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(1);
        using (DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions()))
        {
            TopicLog topic = folder.CreateTopic("t", 1, TopicKind.Source);
            DerivedAppender output = folder.OpenDerived(folder.CreateTopic("out", 1, TopicKind.Derived));
            folder.Commit.Add(topic, 1, "k"u8, "first"u8);
            folder.Commit.Commit();
            disk.Script = op => op.Name == operation ? outcome : DiskOutcome.Proceed;
            folder.Commit.Add(topic, 2, "k"u8, "second"u8);
            DiskFault fault = Assert.Throws<DiskFault>(() => folder.Commit.Commit());
            Assert.Equal(outcome == DiskOutcome.Full, fault.IsFull);
            disk.Script = null;
            Assert.Equal(1, folder.CommittedPosition);
            Assert.Equal(["t k=first@1"], PositionText.ReadAll(folder, 0, 10));
            Assert.Same(fault, folder.Poison);
            folder.Commit.Add(topic, 3, "k"u8, "third"u8);
            Assert.Same(fault, Assert.Throws<PoisonedFault>(() => folder.Commit.Commit()).InnerException);
            output.Append(0, 1, "k"u8, "o"u8);
            Assert.Throws<PoisonedFault>(() => folder.CommitStep(1));
        }

        using DataFolder again = DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions());
        Assert.True(again.TryGetTopic("t", out TopicLog? kept));
        long position = again.CommittedPosition;
        again.Commit.Add(kept!, 4, "k"u8, "fourth"u8);
        Assert.Equal(position, again.Commit.Commit().FirstPosition);
        Assert.Equal("t k=fourth@4", PositionText.ReadAll(again, 0, 10)[^1]);
    }

    [Fact]
    public void TopicsDoNotChangeTheirShape()
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(1);
        using DataFolder folder = DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions());
        TopicLog topic = folder.CreateTopic("t", 2, TopicKind.Source);
        Assert.Same(topic, folder.CreateTopic("t", 2, TopicKind.Source));
        Assert.Throws<TopicConflictFault>(() => folder.CreateTopic("t", 3, TopicKind.Source));
        Assert.Throws<TopicConflictFault>(() => folder.CreateTopic("t", 2, TopicKind.Derived));
        Assert.Throws<ArgumentException>(() => folder.CreateTopic("../t", 2, TopicKind.Source));
        Assert.Throws<ArgumentException>(() => folder.OpenDerived(topic));
        Assert.Throws<ArgumentOutOfRangeException>(() => folder.CommitStep(1));
    }

    [Fact]
    public void AGoneProcessFreesItsLock()
    {
        SimulatedDisk disk = FolderWorkload.NewDisk(1);
        DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions());
        Assert.Throws<FolderLockedFault>(() => DataFolder.Open(disk, FolderWorkload.Folder, new DataFolderOptions()));
        DataFolder.Open(disk.Restart(Survival.All), FolderWorkload.Folder, new DataFolderOptions()).Dispose();
    }
}
