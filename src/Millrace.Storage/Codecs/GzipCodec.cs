using System.IO.Compression;

namespace Millrace.Storage.Codecs;

/// <summary>Gzip (RFC 1952) at the library's fastest level.</summary>
internal sealed unsafe class GzipCodec : IRecordCodec
{
    public void Compress(ReadOnlySpan<byte> records, ByteSink target)
    {
        using SinkStream sink = new(target);
        using GZipStream gzip = new(sink, CompressionLevel.Fastest);
        gzip.Write(records);
    }

    public void Decompress(ReadOnlySpan<byte> compressed, ByteSink target)
    {
        fixed (byte* start = compressed)
        {
            using UnmanagedMemoryStream source = new(start, compressed.Length);
            using GZipStream gzip = new(source, CompressionMode.Decompress);
            SinkStream.Drain(gzip, target);
        }
    }
}
