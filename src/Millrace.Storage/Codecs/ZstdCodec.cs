using ZstdSharp;

namespace Millrace.Storage.Codecs;

/// <summary>Zstandard (RFC 8878) at level 3, the format's and Kafka's default.</summary>
internal sealed unsafe class ZstdCodec : IRecordCodec
{
    private const int Level = 3;

    public void Compress(ReadOnlySpan<byte> records, ByteSink target)
    {
        using Compressor compressor = new(Level);
        Span<byte> room = target.GetSpan(Compressor.GetCompressBound(records.Length));
        target.Advance(compressor.Wrap(records, room));
    }

    public void Decompress(ReadOnlySpan<byte> compressed, ByteSink target)
    {
        fixed (byte* start = compressed)
        {
            using UnmanagedMemoryStream source = new(start, compressed.Length);
            using DecompressionStream zstd = new(source, checkEndOfStream: true);
            SinkStream.Drain(zstd, target);
        }
    }
}
