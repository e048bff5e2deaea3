using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>
/// The disk is asked early to begin with what no commit syncs, each byte once; a commit asks for all its files first.
/// </summary>
public sealed class WriteBehindTests
{
    private readonly SimulatedDisk disk = new(1);
    private readonly List<string> events = [];

    [Fact]
    public void DerivedBytesAreBegunOnceTheyAreWorthIt()
    {
        using DataFolder folder = DataFolder.Open(disk, "data", new DataFolderOptions());
        DerivedAppender output = folder.OpenDerived(folder.CreateTopic("out", 1, TopicKind.Derived));
        long begun = 0;
        disk.WrittenBehind = (path, bytes) => begun += path.Split('/')[1] == "topics" ? bytes : 0;
        Write(folder, output, 100 << 10);
        folder.WriteBehind();
        Assert.Equal(0, begun);
        Write(folder, output, 200 << 10);
        folder.WriteBehind();
        folder.WriteBehind();
        Assert.Equal(FileLength("data/topics/out/0"), begun);
        Write(folder, output, 1 << 10);
        folder.Flush();
        Assert.Equal(FileLength("data/topics/out/0"), begun);
    }

    [Fact]
    public void NothingIsBegunEarlyWhereNoCommitWaitsForTheDisk()
    {
        using DataFolder folder = DataFolder.Open(disk, "data", new DataFolderOptions { Durability = Durability.Os });
        DerivedAppender output = folder.OpenDerived(folder.CreateTopic("out", 1, TopicKind.Derived));
        disk.WrittenBehind = (path, _) => events.Add(path);
        Write(folder, output, 400 << 10);
        folder.WriteBehind();
        Assert.Empty(events);
    }

    [Fact]
    public void ACommitBeginsWithAllItsFilesBeforeItSyncsOne()
    {
        using DataFolder folder = DataFolder.Open(disk, "data", new DataFolderOptions());
        TopicLog source = folder.CreateTopic("in", 2, TopicKind.Source);
        disk.WrittenBehind = (path, _) => events.Add("begin " + path.Split('/')[1]);
        disk.Script = op =>
        {
            if (op.Name == "sync")
            {
                events.Add("sync " + op.Path.Split('/')[1]);
            }

            return DiskOutcome.Proceed;
        };
        for (int partition = 0; partition < 2; partition++)
        {
            folder.Commit.Add(source[partition], 1, NullableBytes.Null, new NullableBytes("x"u8));
        }

        folder.Commit.Commit();
        Assert.Equal(
            ["begin topics", "begin topics", "begin ledger", "sync topics", "sync topics", "sync ledger"], events);
    }

    private static void Write(DataFolder folder, DerivedAppender output, int bytes)
    {
        folder.Commit.AddTick(1);
        folder.Commit.Commit();
        output.Append(0, 1, NullableBytes.Null, new NullableBytes(new byte[bytes]));
        folder.CommitStep(folder.CommittedPosition);
    }

    private long FileLength(string directory) =>
        disk.Files().Where(f => f.Path.StartsWith(directory, StringComparison.Ordinal)
            && f.Path.EndsWith(".log", StringComparison.Ordinal)).Sum(f => f.Length);
}
