using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;

namespace Millrace.Storage.Codecs;

/// <summary>
/// The LZ4 frame format with independent blocks of 64 KiB: linked ones Kafka's Java clients do not read.
/// </summary>
internal sealed class Lz4Codec : IRecordCodec
{
    private static readonly LZ4EncoderSettings Settings = new()
    {
        ChainBlocks = false,
        BlockSize = 64 << 10,
        CompressionLevel = LZ4Level.L00_FAST,
    };

    public void Compress(ReadOnlySpan<byte> records, ByteSink target) => LZ4Frame.Encode(records, target, Settings);

    public void Decompress(ReadOnlySpan<byte> compressed, ByteSink target) => LZ4Frame.Decode(compressed, target);
}
