using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Topics;

/// <summary>A segment that grows reserves room ahead, no more than it has, and gives it back when it is full.</summary>
public sealed class ReservationTests
{
    private const int RecordBytes = 100 << 10;
    private readonly SimulatedDisk disk = new(1);
    private readonly Dictionary<string, long> reserved = [];

    [Fact]
    public void ASegmentReservesAsMuchAsItHasAndGivesItBack()
    {
        List<string> cut = [];
        disk.Reserved = (path, bytes) => reserved[path] = reserved.GetValueOrDefault(path) + bytes;
        disk.Script = op =>
        {
            if (op.Name == "truncate")
            {
                cut.Add(op.Path);
            }

            return DiskOutcome.Proceed;
        };
        using DataFolder folder = DataFolder.Open(disk, "data", new DataFolderOptions { SegmentBytes = 1 << 20 });
        TopicLog topic = folder.CreateTopic("in", 1, TopicKind.Source);
        Write(folder, topic, records: 2);
        Assert.Empty(reserved);
        Write(folder, topic, records: 3);
        Assert.InRange(Assert.Single(reserved).Value, RecordBytes, 10 * RecordBytes);
        Write(folder, topic, records: 7);
        Assert.Equal(2, disk.Files().Count(f => f.Path.EndsWith(".log", StringComparison.Ordinal)
            && f.Path.Contains("/in/", StringComparison.Ordinal)));
        Assert.Equal(reserved.Keys.Min(), Assert.Single(cut));
    }

    private static void Write(DataFolder folder, TopicLog topic, int records)
    {
        for (int i = 0; i < records; i++)
        {
            folder.Commit.Add(topic, 1, NullableBytes.Null, new NullableBytes(new byte[RecordBytes]));
            folder.Commit.Commit();
        }
    }
}
