using System.Runtime.CompilerServices;
using Millrace.Storage.Codecs;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Topics;

/// <summary>
/// A cursor over the committed records of one partition, in order of offset. Keys and values are spans of its buffer,
/// valid until the next move. After false it may be asked again: it goes on when more has been committed. Throws
/// <see cref="DamageFault"/> at a record that cannot be read, <see cref="OffsetOutOfRangeFault"/> at one that retention
/// has removed; what compaction has removed is passed over. Not thread-safe; any number may read beside the writer.
/// </summary>
public sealed class PartitionReader
{
    private const int ChunkBytes = 256 << 10;
    private readonly PartitionLog log;
    private long wanted;
    private readonly BatchCursor batches;
    private RecordCompression? compression;
    private byte[] buffer = [];
    private int next;
    private int end;
    private int remaining;
    private long baseOffset;
    private long baseTimestamp;
    private RecordSlices record;
    private bool isAtRecord;

    internal PartitionReader(PartitionLog log, long fromOffset, int chunkBytes = ChunkBytes)
    {
        this.log = log;
        wanted = fromOffset;
        batches = new BatchCursor(log, fromOffset, chunkBytes);
    }

    /// <summary>The partition that is read, within its topic.</summary>
    public int Partition => log.Partition;

    public long Offset => baseOffset + record.OffsetDelta;

    /// <summary>Milliseconds since the epoch.</summary>
    public long Timestamp => baseTimestamp + record.TimestampDelta;

    public NullableBytes Key => Slice(record.KeyStart, record.KeyLength);

    public NullableBytes Value => Slice(record.ValueStart, record.ValueLength);

    /// <summary>Where key and value lie in <see cref="Buffer"/>.</summary>
    internal ref readonly RecordSlices Slices => ref record;

    internal byte[] Buffer => buffer;

    /// <summary>The batch that holds the record.</summary>
    internal RecordBatchHeader Batch => batches.Header;

    /// <summary>The offset after the batch that holds the record.</summary>
    internal long NextBatchOffset => batches.NextOffset;

    /// <summary>Moves to the next record; false when there is none yet.</summary>
    public bool MoveNext()
    {
        isAtRecord = false;
        do
        {
            if (!NextRecord())
            {
                return false;
            }
        }
        while (Offset < wanted);

        wanted = Offset + 1;
        isAtRecord = true;
        return true;
    }

    /// <summary>
    /// Moves to the next record if it lies in the same batch and follows without a gap; else the reader stays where it
    /// is, or before what comes next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryFollow()
    {
        if (remaining == 0 || !RecordSlices.TryRead(buffer.AsSpan(0, end), next, out RecordSlices follower)
            || follower.OffsetDelta != record.OffsetDelta + 1)
        {
            return false;
        }

        record = follower;
        next = follower.End;
        remaining--;
        wanted++;
        return true;
    }

    /// <summary>
    /// Moves on, if need be, to the record of an offset, or where it is gone to the next one; false when there is none
    /// yet.
    /// </summary>
    internal bool MoveTo(long offset)
    {
        do
        {
            if (isAtRecord && Offset >= offset)
            {
                return true;
            }
        }
        while (MoveNext());

        return false;
    }

    /// <summary>The headers of the record, copied.</summary>
    public IReadOnlyList<RecordHeader> ReadHeaders() => RecordHeaderReader.Read(buffer.AsSpan(0, end), record);

    private bool NextRecord()
    {
        while (true)
        {
            while (remaining == 0)
            {
                if (!NextBatch())
                {
                    return false;
                }
            }

            if (RecordSlices.TryRead(buffer.AsSpan(0, end), next, out record))
            {
                next = record.End;
                remaining--;
                return true;
            }

            PassRest("records that do not parse");
        }
    }

    private bool NextBatch()
    {
        if (!batches.MoveNext())
        {
            return false;
        }

        (buffer, int start) = batches.Bytes;
        next = start + RecordBatchHeader.Size;
        end = start + batches.Header.TotalBytes;
        remaining = batches.Header.Count;
        baseOffset = batches.Header.BaseOffset;
        baseTimestamp = batches.Header.BaseTimestamp;
        if (batches.Header.Compression != CompressionCodec.None)
        {
            Decompress();
        }

        return true;
    }

    private void Decompress()
    {
        compression ??= new();
        if (!compression.TryDecompress(batches.Header.Compression, buffer.AsSpan(next, end - next)))
        {
            PassRest("records that cannot be decompressed");
            return;
        }

        buffer = compression.Buffer;
        next = 0;
        end = compression.Bytes.Length;
    }

    // The checksum is right and yet the records are not: what wrote them was wrong.
    private void PassRest(string reason)
    {
        long from = Math.Max(baseOffset, wanted);
        if (from < batches.NextOffset)
        {
            log.Pass(log.Unreadables(from, batches.NextOffset, batches.Path, batches.Position, reason));
        }

        remaining = 0;
    }

    private NullableBytes Slice(int start, int length) =>
        length < 0 ? NullableBytes.Null : new NullableBytes(buffer.AsSpan(start, length));
}
