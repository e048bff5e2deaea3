using System.Buffers.Binary;
using Millrace.Storage.Records;

namespace Millrace.Storage.Snapshots;

/// <summary>The kinds of frames in a snapshot's file; the numbers are on disk.</summary>
internal enum SnapshotFrameKind : byte
{
    /// <summary>First: <see cref="SnapshotHeader"/>.</summary>
    Header = 1,

    /// <summary>Second: the writer's own bytes.</summary>
    Metadata = 2,

    /// <summary>A block of state.</summary>
    Block = 3,

    /// <summary>Last: <see cref="SnapshotTotals"/>; the file ends with it.</summary>
    Footer = 4,
}

/// <summary>
/// The frame around each part of a snapshot's file, little-endian:
/// <code>
/// 0 length u32 (of the body)   4 crc u32   8 kind u8   9 body
/// </code>
/// The checksum (CRC-32C) covers the snapshot's number, the frame's byte position in the file, and everything from byte
/// 8, so a frame is valid only in its own file and place.
/// </summary>
internal static class SnapshotFrame
{
    public const int HeaderBytes = 9;
    public const int MaxBodyBytes = 1 << 30;

    public static int BodyBytes(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header) is <= MaxBodyBytes and var length ? (int)length : -1;

    public static uint StoredChecksum(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);

    public static SnapshotFrameKind Kind(ReadOnlySpan<byte> header) => (SnapshotFrameKind)header[8];

    /// <summary>Writes the nine bytes that go before a body.</summary>
    public static void WriteHeader(
        Span<byte> header, long number, long position, SnapshotFrameKind kind, ReadOnlySpan<byte> body)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Checksum(number, position, kind, body));
        header[8] = (byte)kind;
    }

    public static uint Checksum(long number, long position, SnapshotFrameKind kind, ReadOnlySpan<byte> body)
    {
        Span<byte> place = stackalloc byte[17];
        BinaryPrimitives.WriteInt64LittleEndian(place, number);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], position);
        place[16] = (byte)kind;
        return Crc32C.Append(Crc32C.Compute(place), body);
    }
}
