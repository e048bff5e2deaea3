namespace Millrace.Storage.Codecs;

/// <summary>
/// How the records of a batch are compressed (Kafka's <c>compression.type</c>); the numbers are on disk.
/// </summary>
public enum CompressionCodec
{
    None = 0,
    Gzip = 1,
    Snappy = 2,
    Lz4 = 3,
    Zstd = 4,
}
