using Millrace.Storage.Codecs;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Compaction;

/// <summary>
/// Writes the records that compaction keeps, with the offsets that they have, as batches that together cover every
/// offset: what is gone lies inside of them, so a log stays one unbroken sequence of batches.
/// <code>
/// before   | 0 1 2 3 | 4 5 | 6 7 8 | 9 10 11 |         offsets in batches
/// after    | 0 . . 3   . .   6 . . | . 10 11 |         3 of 9 records, then 2 of 3
/// </code>
/// </summary>
internal sealed class SparseBatchWriter
{
    private const int BatchBytes = RecordBatchBuilder.DefaultBatchBytes;
    private const int RoomPerRecord = 6 * Varint.MaxBytes;
    private readonly IDiskFile file;
    private readonly long baseOffset;
    private readonly OffsetIndex index;
    private readonly RecordCompression compression = new();
    private byte[] buffer = new byte[BatchBytes + RecordBatchHeader.Size];
    private int length = RecordBatchHeader.Size;
    private long batchBase;
    private long baseTimestamp = -1;
    private long maxTimestamp = -1;
    private long? horizon;
    private int count;
    private CompressionCodec codec;

    /// <param name="file">An empty file.</param>
    /// <param name="baseOffset">The first offset that it is to cover.</param>
    /// <param name="index">Takes the places of the batches.</param>
    public SparseBatchWriter(IDiskFile file, long baseOffset, OffsetIndex index)
    {
        this.file = file;
        this.baseOffset = batchBase = baseOffset;
        this.index = index;
    }

    /// <summary>Bytes written to the file.</summary>
    public long Position { get; private set; }

    /// <summary>
    /// Writes a record; offsets ascend. A tombstone has a horizon, the time at which it may go.
    /// </summary>
    public void Add(
        long offset, long timestamp, in RecordSlices record, ReadOnlySpan<byte> source, CompressionCodec compressed,
        long? deleteHorizon)
    {
        int size = record.End - record.KeyStart + RoomPerRecord;
        bool otherHorizon = deleteHorizon is not null && deleteHorizon != horizon && count > 0;
        if (otherHorizon || (count > 0 && length + size > BatchBytes))
        {
            Close(offset);
        }

        if (count == 0)
        {
            codec = compressed;
            horizon = deleteHorizon;
            baseTimestamp = deleteHorizon ?? timestamp;
            maxTimestamp = timestamp;
        }

        maxTimestamp = Math.Max(maxTimestamp, timestamp);
        Reserve(size);
        Write(timestamp - baseTimestamp, (int)(offset - batchBase), record, source);
        count++;
    }

    /// <summary>Writes what is left, so that the file covers all offsets below one, and makes it durable.</summary>
    public void Finish(long nextOffset)
    {
        if (nextOffset > batchBase)
        {
            Close(nextOffset);
        }

        file.Sync();
    }

    private void Write(long timestampDelta, int offsetDelta, in RecordSlices record, ReadOnlySpan<byte> source)
    {
        ReadOnlySpan<byte> key = source.Slice(record.KeyStart, Math.Max(record.KeyLength, 0));
        ReadOnlySpan<byte> value = source.Slice(record.ValueStart, Math.Max(record.ValueLength, 0));
        ReadOnlySpan<byte> headers = source[record.HeadersStart..record.End];
        int body = 1 + Varint.SizeSigned(timestampDelta) + Varint.SizeSigned(offsetDelta)
            + Varint.SizeSigned(record.KeyLength) + key.Length
            + Varint.SizeSigned(record.ValueLength) + value.Length + headers.Length;
        length += Varint.WriteSigned(buffer.AsSpan(length), body);
        buffer[length++] = 0;
        length += Varint.WriteSigned(buffer.AsSpan(length), timestampDelta);
        length += Varint.WriteSigned(buffer.AsSpan(length), offsetDelta);
        length += Varint.WriteSigned(buffer.AsSpan(length), record.KeyLength);
        Copy(key);
        length += Varint.WriteSigned(buffer.AsSpan(length), record.ValueLength);
        Copy(value);
        Copy(headers);
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private void Close(long nextOffset)
    {
        Span<byte> records = buffer.AsSpan(RecordBatchHeader.Size, length - RecordBatchHeader.Size);
        bool smaller = compression.TryCompress(codec, records);
        if (smaller)
        {
            compression.Bytes.CopyTo(records);
            length = RecordBatchHeader.Size + compression.Bytes.Length;
        }

        short attributes = (short)((smaller ? (int)codec : 0) | (horizon is null ? 0 : RecordBatchHeader.HorizonBit));
        Span<byte> batch = buffer.AsSpan(0, length);
        RecordBatchHeader.Write(
            batch, Crc32C.Compute(batch[RecordBatchHeader.Size..]), batchBase, (int)(nextOffset - 1 - batchBase), count,
            attributes, baseTimestamp, maxTimestamp);
        file.Write(Position, batch);
        index.Add(nextOffset - 1 - baseOffset, Position);
        Position += length;
        length = RecordBatchHeader.Size;
        batchBase = nextOffset;
        baseTimestamp = maxTimestamp = -1;
        horizon = null;
        codec = CompressionCodec.None;
        count = 0;
    }

    private void Reserve(int more)
    {
        if (length + more > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(checked(length + more), 2 * buffer.Length));
        }
    }
}
