using System.Buffers.Binary;
using Millrace.Storage.Records;

namespace Millrace.Storage.Snapshots;

/// <summary>
/// Body of a snapshot's last frame: blocks i64, bytes of all frames before i64, and the CRC-32C of those frames'
/// checksums u32, so that no frame can be missing.
/// </summary>
internal struct SnapshotTotals
{
    public const int Size = 20;

    public long Blocks;
    public long Bytes;
    public uint Checksum;

    /// <summary>Counts a frame.</summary>
    public void Add(ReadOnlySpan<byte> frameHeader, int bodyBytes)
    {
        Blocks += SnapshotFrame.Kind(frameHeader) == SnapshotFrameKind.Block ? 1 : 0;
        Bytes += SnapshotFrame.HeaderBytes + bodyBytes;
        Checksum = Crc32C.Append(Checksum, frameHeader.Slice(4, 4));
    }

    public readonly void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, Blocks);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(target[16..], Checksum);
    }

    public static SnapshotTotals Read(ReadOnlySpan<byte> source) => new()
    {
        Blocks = BinaryPrimitives.ReadInt64LittleEndian(source),
        Bytes = BinaryPrimitives.ReadInt64LittleEndian(source[8..]),
        Checksum = BinaryPrimitives.ReadUInt32LittleEndian(source[16..]),
    };
}
