using System.Buffers.Binary;
using Snappier;

namespace Millrace.Storage.Codecs;

/// <summary>
/// Snappy in the framing of the xerial library, which Kafka's Java clients write: a header of 16 bytes (magic of 8,
/// version 1, oldest compatible version 1), then blocks of (length i32 big-endian, raw Snappy). Bytes without that
/// header are one raw block: other clients write that.
/// </summary>
internal sealed class SnappyCodec : IRecordCodec
{
    private const int HeaderBytes = 16;
    private const int BlockBytes = 32 << 10;

    // Raw Snappy spends at least a byte and a bit on 64 bytes of output: a length beyond this is a lie.
    private const int MostPerByte = 64;

    private static ReadOnlySpan<byte> Header => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y',
        0, 0, 0, 0, 1, 0, 0, 0, 1];

    public void Compress(ReadOnlySpan<byte> records, ByteSink target)
    {
        Header.CopyTo(target.GetSpan(HeaderBytes));
        target.Advance(HeaderBytes);
        while (!records.IsEmpty)
        {
            ReadOnlySpan<byte> block = records[..Math.Min(BlockBytes, records.Length)];
            Span<byte> room = target.GetSpan(sizeof(int) + Snappy.GetMaxCompressedLength(block.Length));
            int length = Snappy.Compress(block, room[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(room, length);
            target.Advance(sizeof(int) + length);
            records = records[block.Length..];
        }
    }

    public void Decompress(ReadOnlySpan<byte> compressed, ByteSink target)
    {
        if (!compressed.StartsWith(Header[..8]))
        {
            DecompressBlock(compressed, target);
            return;
        }

        for (compressed = compressed[HeaderBytes..]; !compressed.IsEmpty;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(compressed);
            compressed = compressed[sizeof(int)..];
            DecompressBlock(compressed[..length], target);
            compressed = compressed[length..];
        }
    }

    private static void DecompressBlock(ReadOnlySpan<byte> block, ByteSink target)
    {
        int length = Snappy.GetUncompressedLength(block);
        if (length / MostPerByte > block.Length)
        {
            throw new InvalidDataException("the length of a Snappy block is none that it can have");
        }

        target.Advance(Snappy.Decompress(block, target.GetSpan(length)));
    }
}
