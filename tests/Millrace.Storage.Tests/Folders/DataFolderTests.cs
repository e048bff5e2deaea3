using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;
using Xunit;

namespace Millrace.Storage.Tests.Folders;

/// <summary>A data folder on the machine's own file system.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("millrace-folder").FullName;
    private readonly PosixDisk disk = new();

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Theory]
    [InlineData(Durability.Fsync)]
    [InlineData(Durability.Os)]
    public void InputsComeBackInOneOrderAcrossReopening(Durability durability)
    {
        DataFolderOptions options = new() { Durability = durability, SegmentBytes = 300, LedgerFileBytes = 100 };
        List<string> expected = [];
        for (int round = 0; round < 5; round++)
        {
            using DataFolder folder = DataFolder.Open(disk, path, options);
            Assert.Empty(folder.Recovery.Cuts);
            TopicLog events = folder.CreateTopic("events", 3, TopicKind.Source);
            TopicLog products = folder.CreateTopic("products$x", 1, TopicKind.Source);
            for (int i = 0; i < 20; i++)
            {
                string key = "k" + (i % 7);
                folder.Commit.Add(events, i, Bytes(key), Bytes(round + "/" + i));
                expected.Add($"events {key}={round}/{i}@{i}");
                if (i % 5 == 0)
                {
                    folder.Commit.Add(products, 0, NullableBytesOf(null), Bytes("p" + i));
                    expected.Add($"products$x =p{i}@0");
                    folder.Commit.AddTick(1000 + i);
                    expected.Add("tick " + (1000 + i));
                }

                if (i % 3 == 0)
                {
                    Assert.Equal(expected.Count, Commit(folder));
                }
            }

            Assert.Equal(expected.Count, Commit(folder));
            Assert.Equal(expected, PositionText.ReadAll(folder, 0, 7));
            Assert.Equal(expected.Skip(11), PositionText.ReadAll(folder, 11, 1000));
            using DataFolder other = DataFolder.OpenReadOnly(disk, path);
            Assert.Equal(expected, PositionText.ReadAll(other, 0, 50));
        }
    }

    /// <summary>What a torn write left may say any length.</summary>
    [Fact]
    public void ALengthThatTheLedgerCannotHaveTakesNoMemory()
    {
        using (DataFolder folder = DataFolder.Open(disk, path, new DataFolderOptions()))
        {
            folder.Commit.AddTick(1);
            folder.Commit.Commit();
        }

        string ledger = Directory.GetFiles(Path.Combine(path, "ledger")).Single();
        File.AppendAllBytes(ledger, [0xFF, 0xFF, 0xFF, 0x3F, .. new byte[100]]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using DataFolder again = DataFolder.Open(disk, path, new DataFolderOptions());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        Assert.Equal((1L, 104L), (again.CommittedPosition, again.Recovery.LedgerBytesCut));
    }

    [Fact]
    public void TheSecondProcessIsRefused()
    {
        using DataFolder folder = DataFolder.Open(disk, path, new DataFolderOptions());
        Assert.Throws<FolderLockedFault>(() => DataFolder.Open(disk, path, new DataFolderOptions()));
    }

    private static long Commit(DataFolder folder)
    {
        CommitResult result = folder.Commit.Commit();
        Assert.Equal(folder.CommittedPosition, result.FirstPosition + result.Count);
        return folder.CommittedPosition;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[]? NullableBytesOf(byte[]? bytes) => bytes;
}
