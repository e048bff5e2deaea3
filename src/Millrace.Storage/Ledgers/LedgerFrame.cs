using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Millrace.Storage.Records;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// The frame around a ledger entry, little-endian:
/// <code>
/// 0 length u32 (of what follows the checksum)   4 crc u32   8 kind u8   9 durable u64   17 body
/// </code>
/// The checksum covers the entry's log sequence number (LSN: its byte position in the whole ledger) and everything from
/// byte 8, so an entry is valid only at its own place. <c>durable</c> is the LSN below which, when this entry was
/// written, all entries and the source records they describe were synced: recovery may cut at or after the greatest
/// of these, and must call anything missing before it damage.
/// </summary>
internal readonly ref struct LedgerFrame
{
    public const int HeaderBytes = 17;
    private const int ChecksumEnd = 8;
    private const int MaxEntryBytes = 1 << 30;

    private LedgerFrame(ReadOnlySpan<byte> bytes, long lsn)
    {
        Bytes = bytes;
        Lsn = lsn;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public long Lsn { get; }

    public LedgerEntryKind Kind => (LedgerEntryKind)Bytes[8];

    public long DurableLsn => BinaryPrimitives.ReadInt64LittleEndian(Bytes[9..]);

    public ReadOnlySpan<byte> Body => Bytes[HeaderBytes..];

    public long EndLsn => Lsn + Bytes.Length;

    /// <summary>Bytes of the whole frame as its first four say, or 0 when no frame can have that length.</summary>
    public static int TotalBytes(ReadOnlySpan<byte> data)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data);
        return length is >= HeaderBytes - ChecksumEnd and <= MaxEntryBytes ? (int)length + ChecksumEnd : 0;
    }

    /// <summary>Reads the frame at the start of the data; false when it is not whole or not valid there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, long lsn, out LedgerFrame frame)
    {
        frame = default;
        int total = data.Length < HeaderBytes ? 0 : TotalBytes(data);
        if (total == 0 || total > data.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) != Checksum(data[..total], lsn))
        {
            return false;
        }

        frame = new LedgerFrame(data[..total], lsn);
        return true;
    }

    /// <summary>Completes a frame whose kind and body are in place.</summary>
    public static void Seal(Span<byte> frame, long lsn, long durableLsn)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)(frame.Length - ChecksumEnd));
        BinaryPrimitives.WriteInt64LittleEndian(frame[9..], durableLsn);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame, lsn));
    }

    private static uint Checksum(ReadOnlySpan<byte> frame, long lsn) =>
        Crc32C.Append(Crc32C.Compute(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in lsn))), frame[ChecksumEnd..]);
}
