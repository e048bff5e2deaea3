namespace Millrace.Storage.Records;

/// <summary>A <see cref="BatchStatus"/> in words, for messages.</summary>
internal static class BatchStatusText
{
    public static string Words(this BatchStatus status) => status switch
    {
        BatchStatus.Valid => "the file ends",
        BatchStatus.Incomplete => "the file ends within a batch",
        BatchStatus.BadLength => "a length that no batch can have",
        BatchStatus.BadMagic => "no record batch",
        BatchStatus.BadChecksum => "a wrong checksum",
        BatchStatus.BadStructure => "records that do not parse",
        BatchStatus.BadOffset => "an offset that does not follow",
        _ => "records that cannot be decompressed",
    };
}
