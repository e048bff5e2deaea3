using Millrace.Storage.Codecs;

namespace Millrace.Storage.Records;

/// <summary>
/// A cursor over the records of one batch in memory; keys and values are spans of it, nothing is copied unless it is
/// compressed. A batch that is not intact is a <see cref="BatchStatus"/> from <see cref="Open"/> or in
/// <see cref="Status"/>, never an exception.
/// </summary>
public ref struct RecordBatchReader
{
    private readonly ReadOnlySpan<byte> batch;
    private readonly RecordBatchHeader header;
    private RecordSlices record;
    private int remaining;
    private int next;

    private RecordBatchReader(ReadOnlySpan<byte> records, RecordBatchHeader header)
    {
        batch = records;
        this.header = header;
        remaining = header.Count;
    }

    public readonly RecordBatchHeader Header => header;

    /// <summary><see cref="BatchStatus.BadStructure"/> once a record does not parse; else valid.</summary>
    public BatchStatus Status { get; private set; }

    public readonly long Offset => header.BaseOffset + record.OffsetDelta;

    /// <summary>Milliseconds since the epoch.</summary>
    public readonly long Timestamp => header.BaseTimestamp + record.TimestampDelta;

    public readonly NullableBytes Key => Slice(record.KeyStart, record.KeyLength);

    public readonly NullableBytes Value => Slice(record.ValueStart, record.ValueLength);

    /// <summary>
    /// Opens the batch at the start of <paramref name="data"/> after checking length, magic, checksum and compression.
    /// </summary>
    public static BatchStatus Open(ReadOnlySpan<byte> data, out RecordBatchReader reader)
    {
        BatchStatus status = RecordBatchHeader.TryVerify(data, out RecordBatchHeader header);
        ReadOnlySpan<byte> records = default;
        if (status == BatchStatus.Valid)
        {
            records = data[RecordBatchHeader.Size..header.TotalBytes];
            status = Decompress(header.Compression, ref records);
        }

        reader = status == BatchStatus.Valid ? new(records, header) : default;
        reader.Status = status;
        return status;
    }

    /// <summary>
    /// Moves to the next record; false at the end, or when the structure is bad (see <see cref="Status"/>).
    /// </summary>
    public bool MoveNext()
    {
        if (remaining == 0)
        {
            Status = next == batch.Length ? Status : BatchStatus.BadStructure;
            return false;
        }

        if (!RecordSlices.TryRead(batch, next, out record) || record.OffsetDelta > header.LastOffsetDelta)
        {
            remaining = 0;
            next = -1;
            Status = BatchStatus.BadStructure;
            return false;
        }

        next = record.End;
        remaining--;
        return true;
    }

    /// <summary>The headers of the record, copied; empty when there are none or they do not parse.</summary>
    public readonly IReadOnlyList<RecordHeader> ReadHeaders() => RecordHeaderReader.Read(batch, record);

    private static BatchStatus Decompress(CompressionCodec codec, ref ReadOnlySpan<byte> records)
    {
        if (codec == CompressionCodec.None)
        {
            return BatchStatus.Valid;
        }

        RecordCompression compression = new();
        bool done = compression.TryDecompress(codec, records);
        records = compression.Bytes;
        return done ? BatchStatus.Valid : BatchStatus.BadCompression;
    }

    private readonly NullableBytes Slice(int start, int length) =>
        length < 0 ? NullableBytes.Null : new NullableBytes(batch.Slice(start, length));
}
