namespace Millrace.Storage.Codecs;

/// <summary>
/// Compresses and decompresses the records of batches, with a buffer of its own that it uses again. Not thread-safe.
/// </summary>
/// <param name="maxBytes">No batch's records are larger: what claims to be, is not read.</param>
internal sealed class RecordCompression(int maxBytes = RecordCompression.MaxBytes)
{
    /// <summary>Far beyond what a collector takes in one request, and what brokers allow.</summary>
    public const int MaxBytes = 256 << 20;

    private static readonly IRecordCodec?[] Known =
        [null, new GzipCodec(), new SnappyCodec(), new Lz4Codec(), new ZstdCodec()];

    private readonly ByteSink sink = new();

    /// <summary>What the last call made; valid until the next.</summary>
    public Span<byte> Bytes => sink.Bytes;

    /// <summary>The array that holds <see cref="Bytes"/>, from its start.</summary>
    public byte[] Buffer => sink.Buffer;

    /// <summary>True for the numbers that a batch's attributes may carry.</summary>
    public static bool IsKnown(int codec) => (uint)codec < (uint)Known.Length;

    /// <summary>Compresses; false when that makes them no smaller.</summary>
    public bool TryCompress(CompressionCodec codec, ReadOnlySpan<byte> records)
    {
        if (codec == CompressionCodec.None || records.Length > maxBytes)
        {
            return false;
        }

        sink.Clear(int.MaxValue);
        Known[(int)codec]!.Compress(records, sink);
        return sink.Length < records.Length;
    }

    /// <summary>
    /// Decompresses; false when the bytes are not in the format or hold more than they may. The formats'
    /// libraries say so by exceptions of many types.
    /// </summary>
    public bool TryDecompress(CompressionCodec codec, ReadOnlySpan<byte> compressed)
    {
        sink.Clear(maxBytes);
        try
        {
            Known[(int)codec]!.Decompress(compressed, sink);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }
}
