using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Storage.Codecs;

namespace Millrace.Storage.Records;

/// <summary>
/// Encodes records into consecutive Kafka record batches v2 (CreateTime, no producer id), starting a new batch when one
/// is full. Reusable: <see cref="Clear"/> keeps the buffer. No allocation per record. Not thread-safe.
/// </summary>
/// <param name="maxBatchBytes">
/// Size, before compression, at which a batch is closed; a single larger record still becomes a batch.
/// </param>
public sealed class RecordBatchBuilder(int maxBatchBytes = RecordBatchBuilder.DefaultBatchBytes)
{
    /// <summary>256 KiB: large enough to amortise the header, small enough to stay in a core's cache.</summary>
    public const int DefaultBatchBytes = 256 << 10;

    private const int NoBatch = -1;

    // What the length of a record takes that has 64 to 8,191 bytes.
    private const int LengthBytes = 2;
    private byte[] buffer = [];
    private RecordCompression? compression;
    private int length;
    private int batchStart = NoBatch;
    private int batchCount;
    private long baseTimestamp;
    private long maxTimestamp;

    // Of the open batch's records, as far as they are summed.
    private uint checksum;
    private int summedTo;

    /// <summary>Records since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>How batches are compressed when they are closed; where it saves nothing they are not.</summary>
    public CompressionCodec Compression { get; set; }

    /// <summary>Bytes encoded so far, of open and closed batches; only the closed ones are compressed.</summary>
    public int Length => length;

    /// <summary>Appends a record; timestamps are milliseconds since the epoch.</summary>
    public void Append(
        long timestamp, NullableBytes key, NullableBytes value, ReadOnlySpan<RecordHeader> headers = default) =>
        Append(timestamp, key.Bytes, key.EncodedLength, value.Bytes, value.EncodedLength, headers);

    /// <summary>
    /// Appends those of the records, in order, until that many bytes are encoded; returns how many it took.
    /// </summary>
    public int Append(in RecordColumns records, ReadOnlySpan<int> which, int untilLength)
    {
        int taken = 0;
        while (taken < which.Length && length < untilLength)
        {
            int record = which[taken++];
            int keyLength = records.KeyLengths[record];
            ReadOnlySpan<byte> key = keyLength > 0 ? records.Keys.Slice(records.KeyStarts[record], keyLength) : default;
            ReadOnlySpan<byte> value = records.Value(record);
            Append(records.Timestamps[record], key, keyLength, value, value.Length, default);
        }

        SumOpen();
        return taken;
    }

    // Bytes and their encoded length, which is -1 for null.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(
        long timestamp, ReadOnlySpan<byte> key, int keyLength, ReadOnlySpan<byte> value, int valueLength,
        ReadOnlySpan<RecordHeader> headers)
    {
        int room = key.Length + value.Length + HeaderBytes(headers) + (6 * Varint.MaxBytes);
        if (batchStart >= 0 && length - batchStart + room > maxBatchBytes)
        {
            CloseBatch();
        }

        Reserve(room + RecordBatchHeader.Size);
        if (batchStart < 0)
        {
            OpenBatch(timestamp);
        }

        maxTimestamp = Math.Max(maxTimestamp, timestamp);
        WriteRecord(timestamp - baseTimestamp, key, keyLength, value, valueLength, headers);
        batchCount++;
        Count++;
    }

    /// <summary>
    /// Closes the open batch and returns all batches. Base offsets count from 0 in each; the log sets them.
    /// </summary>
    public Span<byte> Finish()
    {
        if (batchStart >= 0)
        {
            CloseBatch();
        }

        return buffer.AsSpan(0, length);
    }

    public void Clear()
    {
        length = 0;
        batchStart = NoBatch;
        Count = 0;
    }

    private static int HeaderBytes(ReadOnlySpan<RecordHeader> headers)
    {
        int size = 0;
        foreach (RecordHeader header in headers)
        {
            size += header.EncodedSize;
        }

        return size;
    }

    private void OpenBatch(long timestamp)
    {
        batchStart = length;
        batchCount = 0;
        baseTimestamp = timestamp;
        maxTimestamp = timestamp;
        length += RecordBatchHeader.Size;
        checksum = 0;
        summedTo = length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteRecord(
        long timestampDelta, ReadOnlySpan<byte> key, int keyLength, ReadOnlySpan<byte> value, int valueLength,
        ReadOnlySpan<RecordHeader> headers)
    {
        // Append made room for the payload and six numbers of any length. That of the record's length, which comes
        // first and is known last, is guessed.
        ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), length);
        ref byte body = ref Unsafe.Add(ref start, LengthBytes);
        body = 0;
        int at = Varint.PutSigned(ref body, 1, timestampDelta);
        at = Varint.PutSigned(ref body, at, batchCount);
        at = Varint.PutSigned(ref body, at, keyLength);
        at = Put(ref body, at, key);
        at = Varint.PutSigned(ref body, at, valueLength);
        at = Put(ref body, at, value);
        at = Varint.PutSigned(ref body, at, headers.Length);
        foreach (RecordHeader header in headers)
        {
            at += header.Write(buffer.AsSpan(length + LengthBytes + at));
        }

        int lengthBytes = Varint.SizeSigned(at);
        if (lengthBytes != LengthBytes)
        {
            Span<byte> written = buffer.AsSpan(length + LengthBytes, at);
            written.CopyTo(buffer.AsSpan(length + lengthBytes));
        }

        Varint.PutSigned(ref start, 0, at);
        length += lengthBytes + at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Put(ref byte target, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, at), bytes.Length));
        return at + bytes.Length;
    }

    private void CloseBatch()
    {
        CompressionCodec codec = Compress() ? Compression : CompressionCodec.None;
        Span<byte> batch = buffer.AsSpan(batchStart, length - batchStart);
        SumOpen();
        RecordBatchHeader.Write(
            batch, checksum, 0, batchCount - 1, batchCount, (short)codec, baseTimestamp, maxTimestamp);
        batchStart = NoBatch;
    }

    // Takes what is new of the open batch into its checksum: best while it is still in the cache.
    private void SumOpen()
    {
        checksum = Crc32C.Append(checksum, buffer.AsSpan(summedTo, length - summedTo));
        summedTo = length;
    }

    private bool Compress()
    {
        int start = batchStart + RecordBatchHeader.Size;
        if (Compression == CompressionCodec.None
            || !(compression ??= new()).TryCompress(Compression, buffer.AsSpan(start, length - start)))
        {
            return false;
        }

        compression.Bytes.CopyTo(buffer.AsSpan(start));
        length = start + compression.Bytes.Length;
        checksum = 0;
        summedTo = start;
        return true;
    }

    private void Reserve(int more)
    {
        int needed = checked(length + more);
        if (needed > buffer.Length)
        {
            int doubled = (int)Math.Min(2L * buffer.Length, Array.MaxLength);
            Array.Resize(ref buffer, Math.Max(Math.Max(needed, doubled), 4096));
        }
    }
}
