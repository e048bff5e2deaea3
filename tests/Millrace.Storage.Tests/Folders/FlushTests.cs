using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>A flush in parts syncs one partition at each call, and only at its end is anything noted.</summary>
public sealed class FlushTests
{
    private readonly SimulatedDisk disk = new(1);
    private readonly List<string> synced = [];

    [Fact]
    public void EachCallSyncsOnePartitionAndTheLastTheLedger()
    {
        using DataFolder folder = DataFolder.Open(disk, "data", new DataFolderOptions());
        DerivedAppender first = folder.OpenDerived(folder.CreateTopic("a", 2, TopicKind.Derived));
        DerivedAppender second = folder.OpenDerived(folder.CreateTopic("b", 1, TopicKind.Derived));
        Write(folder, (first, 0), (first, 1), (second, 0));
        Assert.Equal(["a/0", "a/1", "b/0", "ledger"], SyncsOfAFlush(folder));
        Write(folder, (first, 1));
        Assert.Equal(["a/1", "ledger"], SyncsOfAFlush(folder));
        Assert.Equal(["ledger"], SyncsOfAFlush(folder));
    }

    [Fact]
    public void AWholeFlushInBetweenBeginsANewOne()
    {
        using DataFolder folder = DataFolder.Open(disk, "data", new DataFolderOptions());
        DerivedAppender output = folder.OpenDerived(folder.CreateTopic("a", 2, TopicKind.Derived));
        Write(folder, (output, 0), (output, 1));
        Assert.False(folder.FlushNext());
        folder.Flush();
        Write(folder, (output, 0));
        Assert.Equal(["a/0", "ledger"], SyncsOfAFlush(folder));
    }

    [Fact]
    public void ATopicRemovedMeanwhileIsPassedOver()
    {
        DataFolder folder = DataFolder.Open(disk, "data", new DataFolderOptions());
        DerivedAppender kept = folder.OpenDerived(folder.CreateTopic("a", 1, TopicKind.Derived));
        DerivedAppender removed = folder.OpenDerived(folder.CreateTopic("b", 1, TopicKind.Derived));
        Write(folder, (kept, 0), (removed, 0));
        Assert.False(folder.FlushNext());
        folder.RemoveTopic("b");
        Assert.Equal(["ledger"], SyncsOfAFlush(folder));
        folder.Dispose();
        using DataFolder again = DataFolder.Open(disk, "data", new DataFolderOptions());
        Assert.Equal(1, again.Topics.Single().Partitions[0].CommittedEnd);
    }

    private List<string> SyncsOfAFlush(DataFolder folder)
    {
        synced.Clear();
        disk.Script = op =>
        {
            if (op.Name == "sync" && op.Path.EndsWith(".log", StringComparison.Ordinal))
            {
                string[] path = op.Path.Split('/');
                synced.Add(path[1] == "topics" ? path[2] + "/" + path[3] : path[1]);
            }

            return DiskOutcome.Proceed;
        };
        for (int calls = 1; !folder.FlushNext(); calls++)
        {
            Assert.Equal(calls, synced.Count);
        }

        disk.Script = null;
        return [.. synced];
    }

    private static void Write(DataFolder folder, params (DerivedAppender Output, int Partition)[] rows)
    {
        folder.Commit.AddTick(1);
        folder.Commit.Commit();
        foreach ((DerivedAppender output, int partition) in rows)
        {
            output.Append(partition, 1, NullableBytes.Null, new NullableBytes("x"u8));
        }

        folder.CommitStep(folder.CommittedPosition);
    }
}
