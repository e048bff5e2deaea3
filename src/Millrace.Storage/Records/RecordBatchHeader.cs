using System.Buffers.Binary;
using Millrace.Storage.Codecs;

namespace Millrace.Storage.Records;

/// <summary>
/// The 61 bytes in front of the records of a Kafka record batch v2, all big-endian:
/// <code>
///  0 baseOffset i64        8 batchLength i32 (bytes after this field)   12 partitionLeaderEpoch i32
/// 16 magic i8 = 2         17 crc u32 (CRC-32C of everything from 21)    21 attributes i16
/// 23 lastOffsetDelta i32  27 baseTimestamp i64                          35 maxTimestamp i64
/// 43 producerId i64       51 producerEpoch i16   53 baseSequence i32    57 records i32   61 the records
/// </code>
/// The low three bits of the attributes are the <see cref="CompressionCodec"/> of the records. Bit 6 says that
/// compaction has seen the batch's tombstones and that they may go at baseTimestamp (KIP-534).
/// </summary>
public readonly struct RecordBatchHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Size = 61;

    internal const int LengthEnd = 12;
    internal const int MagicAt = 16;
    internal const int CrcAt = 17;
    internal const int AttributesAt = 21;
    internal const byte Magic = 2;
    internal const short HorizonBit = 0x40;
    private const short CodecMask = 7;

    public long BaseOffset { get; private init; }

    /// <summary>Bytes of the whole batch, header included.</summary>
    public int TotalBytes { get; private init; }

    public short Attributes { get; private init; }

    /// <summary>How the records are compressed.</summary>
    public CompressionCodec Compression => (CompressionCodec)(Attributes & CodecMask);

    public int LastOffsetDelta { get; private init; }

    /// <summary>
    /// What the records' timestamps are relative to: that of the first, or <see cref="DeleteHorizon"/>.
    /// </summary>
    public long BaseTimestamp { get; private init; }

    public long MaxTimestamp { get; private init; }

    /// <summary>Records in the batch.</summary>
    public int Count { get; private init; }

    /// <summary>When the batch's tombstones may go, milliseconds since the epoch; null: not yet known.</summary>
    public long? DeleteHorizon => (Attributes & HorizonBit) != 0 ? BaseTimestamp : null;

    /// <summary>The offset after the batch's last.</summary>
    public long NextOffset => BaseOffset + LastOffsetDelta + 1;

    /// <summary>Reads the header alone: length and magic are checked, the checksum is not.</summary>
    public static BatchStatus TryRead(ReadOnlySpan<byte> data, out RecordBatchHeader header)
    {
        header = default;
        if (data.Length < Size)
        {
            return BatchStatus.Incomplete;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(data[8..]);
        if (length < Size - LengthEnd || length > int.MaxValue - LengthEnd)
        {
            return BatchStatus.BadLength;
        }

        header = new RecordBatchHeader
        {
            BaseOffset = BinaryPrimitives.ReadInt64BigEndian(data),
            TotalBytes = length + LengthEnd,
            Attributes = BinaryPrimitives.ReadInt16BigEndian(data[AttributesAt..]),
            LastOffsetDelta = BinaryPrimitives.ReadInt32BigEndian(data[23..]),
            BaseTimestamp = BinaryPrimitives.ReadInt64BigEndian(data[27..]),
            MaxTimestamp = BinaryPrimitives.ReadInt64BigEndian(data[35..]),
            Count = BinaryPrimitives.ReadInt32BigEndian(data[57..]),
        };
        return data[MagicAt] == Magic ? BatchStatus.Valid : BatchStatus.BadMagic;
    }

    /// <summary>Reads the header and checks that the whole batch is there, with its checksum.</summary>
    public static BatchStatus TryVerify(ReadOnlySpan<byte> data, out RecordBatchHeader header)
    {
        BatchStatus status = TryRead(data, out header);
        if (status != BatchStatus.Valid)
        {
            return status;
        }

        if (data.Length < header.TotalBytes)
        {
            return BatchStatus.Incomplete;
        }

        uint crc = BinaryPrimitives.ReadUInt32BigEndian(data[CrcAt..]);
        if (crc != Crc32C.Compute(data[AttributesAt..header.TotalBytes]))
        {
            return BatchStatus.BadChecksum;
        }

        if (!RecordCompression.IsKnown(header.Attributes & CodecMask))
        {
            return BatchStatus.UnsupportedCompression;
        }

        // Compaction leaves fewer records than offsets, or none.
        bool counted = header.Count >= 0 && header.LastOffsetDelta >= Math.Max(header.Count - 1, 0);
        return counted ? BatchStatus.Valid : BatchStatus.BadStructure;
    }

    /// <summary>Gives a batch its place in a log. The base offset is outside the checksum for this purpose.</summary>
    public static void SetBaseOffset(Span<byte> batch, long baseOffset) =>
        BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset);

    /// <summary>
    /// Writes the header in front of the records of a batch, whose bytes end with it and whose <see cref="Crc32C"/> is
    /// known; no producer, CreateTime.
    /// </summary>
    internal static void Write(
        Span<byte> batch, uint recordsChecksum, long baseOffset, int lastOffsetDelta, int count, short attributes,
        long baseTimestamp, long maxTimestamp)
    {
        BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(batch[8..], batch.Length - LengthEnd);
        BinaryPrimitives.WriteInt32BigEndian(batch[12..], 0);
        batch[MagicAt] = Magic;
        BinaryPrimitives.WriteInt16BigEndian(batch[AttributesAt..], attributes);
        BinaryPrimitives.WriteInt32BigEndian(batch[23..], lastOffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(batch[27..], baseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[35..], maxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[43..], -1);
        BinaryPrimitives.WriteInt16BigEndian(batch[51..], -1);
        BinaryPrimitives.WriteInt32BigEndian(batch[53..], -1);
        BinaryPrimitives.WriteInt32BigEndian(batch[57..], count);
        uint crc = Crc32C.Combine(Crc32C.Compute(batch[AttributesAt..Size]), recordsChecksum, batch.Length - Size);
        BinaryPrimitives.WriteUInt32BigEndian(batch[CrcAt..], crc);
    }
}
