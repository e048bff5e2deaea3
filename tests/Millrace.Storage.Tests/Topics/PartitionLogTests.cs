using FsCheck.Xunit;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Topics;

/// <summary>A partition against a list: random appends, cuts, rolls and reopenings.</summary>
public class PartitionLogTests
{
    private const string Folder = "/p";

    [Property(MaxTest = 300)]
    public void BehavesAsAList((byte Action, byte Size)[] script)
    {
        SimulatedDisk disk = NewDisk();
        PartitionLog log = Open(disk);
        List<int> sizes = [];
        List<long> batchStarts = [];
        foreach ((byte action, byte size) in script)
        {
            switch (action % 8)
            {
                case < 5:
                    batchStarts.AddRange(AppendTo(log, sizes, 1 + (size % 9)));
                    break;
                case 5:
                    long at = size * (sizes.Count + 1L) / 256;
                    long kept = at == sizes.Count ? at : batchStarts.Where(start => start <= at).Max();
                    log.TruncateTo(at);
                    sizes.RemoveRange((int)kept, sizes.Count - (int)kept);
                    batchStarts.RemoveAll(start => start >= kept);
                    break;
                case 6:
                    log.Dispose();
                    log = Open(disk);
                    break;
                default:
                    AssertHolds(log, sizes, size * (sizes.Count + 1L) / 256);
                    break;
            }

            Assert.Equal(sizes.Count, log.EndOffset);
        }

        AssertHolds(log, sizes, 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(1 << 20)]
    public void ReadGivesWholeBatchesFromTheOneThatHoldsTheOffset(int maxBytes)
    {
        PartitionLog log = Open(NewDisk());
        List<int> sizes = [];
        for (int i = 0; i < 30; i++)
        {
            AppendTo(log, sizes, 3);
        }

        log.Publish();
        byte[] buffer = [];
        for (long next = 7; next < log.EndOffset;)
        {
            int length = log.Read(next, maxBytes, ref buffer);
            BatchStatus status = RecordBatchReader.Open(buffer.AsSpan(0, length), out RecordBatchReader reader);
            Assert.Equal(BatchStatus.Valid, status);
            Assert.InRange(next, reader.Header.BaseOffset, reader.Header.NextOffset - 1);
            Assert.True(length <= Math.Max(maxBytes, reader.Header.TotalBytes));
            for (int at = 0; at < length; at += reader.Header.TotalBytes)
            {
                Assert.Equal(BatchStatus.Valid, RecordBatchReader.Open(buffer.AsSpan(at, length - at), out reader));
                next = reader.Header.NextOffset;
            }
        }

        Assert.Equal(0, log.Read(log.EndOffset, maxBytes, ref buffer));
    }

    [Fact]
    public void ReadersSeeOnlyWhatIsCommittedAndGoOnLater()
    {
        PartitionLog log = Open(NewDisk());
        List<int> sizes = [];
        AppendTo(log, sizes, 4);
        PartitionReader reader = log.OpenReader();
        Assert.False(reader.MoveNext());
        log.Publish();
        AppendTo(log, sizes, 2);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(reader.MoveNext());
        }

        Assert.False(reader.MoveNext());
        log.Publish();
        Assert.True(reader.MoveNext());
        Assert.Equal(4, reader.Offset);
    }

    private static SimulatedDisk NewDisk()
    {
        SimulatedDisk disk = new(1);
        disk.CreateDirectory(Folder);
        return disk;
    }

    private static PartitionLog Open(SimulatedDisk disk)
    {
        PartitionLog log = new(disk, Folder, "t", 0, TopicKind.Derived, segmentBytes: 700);
        log.OpenSegments(readOnly: false);
        Assert.Equal(0, log.TruncateTo(log.Scan(0).EndOffset));
        return log;
    }

    // A record holds its own size, and that many bytes; batches of at most 300 bytes. Returns where batches begin.
    private static List<long> AppendTo(PartitionLog log, List<int> sizes, int count)
    {
        RecordBatchBuilder builder = new(300);
        for (int i = 0; i < count; i++)
        {
            int size = (sizes.Count * 37) % 120;
            builder.Append(sizes.Count, NullableBytes.Null, new byte[size]);
            sizes.Add(size);
        }

        Span<byte> batches = builder.Finish();
        Assert.Equal(sizes.Count - count, log.Append(batches).EndOffset);
        List<long> starts = [];
        while (!batches.IsEmpty)
        {
            RecordBatchHeader.TryRead(batches, out RecordBatchHeader header);
            starts.Add(header.BaseOffset);
            batches = batches[header.TotalBytes..];
        }

        return starts;
    }

    private static void AssertHolds(PartitionLog log, List<int> sizes, long from)
    {
        log.Publish();
        PartitionReader reader = log.OpenReader(from);
        for (long offset = from; offset < sizes.Count; offset++)
        {
            Assert.True(reader.MoveNext());
            Assert.Equal(offset, reader.Offset);
            Assert.Equal(offset, reader.Timestamp);
            Assert.Equal(sizes[(int)offset], reader.Value.Bytes.Length);
        }

        Assert.False(reader.MoveNext());
    }
}
