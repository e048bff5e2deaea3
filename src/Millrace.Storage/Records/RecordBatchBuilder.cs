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
    private byte[] buffer = [];
    private RecordCompression? compression;
    private int length;
    private int batchStart = NoBatch;
    private int batchCount;
    private long baseTimestamp;
    private long maxTimestamp;

    /// <summary>Records since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>How batches are compressed when they are closed; where it saves nothing they are not.</summary>
    public CompressionCodec Compression { get; set; }

    /// <summary>Bytes encoded so far, of open and closed batches; only the closed ones are compressed.</summary>
    public int Length => length;

    /// <summary>Appends a record; timestamps are milliseconds since the epoch.</summary>
    public void Append(
        long timestamp, NullableBytes key, NullableBytes value, ReadOnlySpan<RecordHeader> headers = default)
    {
        int payload = key.Bytes.Length + value.Bytes.Length + HeaderBytes(headers);
        int room = payload + (6 * Varint.MaxBytes);
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
        WriteRecord(timestamp - baseTimestamp, key, value, headers, payload);
        batchCount++;
        Count++;
    }

    /// <summary>
    /// Appends those of the records, in order, until that many bytes are encoded; returns how many it took.
    /// </summary>
    public int Append(in RecordColumns records, ReadOnlySpan<int> which, int untilLength)
    {
        int taken = 0;
        while (taken < which.Length && length < untilLength)
        {
            int record = which[taken++];
            Append(records.Timestamps[record], records.Key(record), records.Value(record));
        }

        return taken;
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
    }

    private void WriteRecord(
        long timestampDelta, NullableBytes key, NullableBytes value, ReadOnlySpan<RecordHeader> headers, int payload)
    {
        int keyLength = key.EncodedLength;
        int valueLength = value.EncodedLength;
        int body = 1 + Varint.SizeSigned(timestampDelta) + Varint.SizeSigned(batchCount)
            + Varint.SizeSigned(keyLength) + Varint.SizeSigned(valueLength)
            + Varint.SizeSigned(headers.Length) + payload;
        // Append made room for the payload and six numbers of any length.
        ref byte target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(buffer), length);
        int at = Varint.PutSigned(ref target, 0, body);
        Unsafe.Add(ref target, at++) = 0;
        at = Varint.PutSigned(ref target, at, timestampDelta);
        at = Varint.PutSigned(ref target, at, batchCount);
        at = Varint.PutSigned(ref target, at, keyLength);
        at = Put(ref target, at, key.Bytes);
        at = Varint.PutSigned(ref target, at, valueLength);
        at = Put(ref target, at, value.Bytes);
        at = Varint.PutSigned(ref target, at, headers.Length);
        foreach (RecordHeader header in headers)
        {
            at += header.Write(buffer.AsSpan(length + at));
        }

        length += at;
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
        RecordBatchHeader.Write(batch, 0, batchCount - 1, batchCount, (short)codec, baseTimestamp, maxTimestamp);
        batchStart = NoBatch;
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
