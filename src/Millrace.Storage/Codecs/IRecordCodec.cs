namespace Millrace.Storage.Codecs;

/// <summary>One compression format, as Kafka uses it for the records of a batch. Stateless; safe to share.</summary>
internal interface IRecordCodec
{
    void Compress(ReadOnlySpan<byte> records, ByteSink target);

    /// <summary>Bytes that are not in the format make it throw; what, is the format's library's choice.</summary>
    void Decompress(ReadOnlySpan<byte> compressed, ByteSink target);
}
