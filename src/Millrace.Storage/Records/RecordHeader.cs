namespace Millrace.Storage.Records;

/// <summary>A header of a record: a name (UTF-8) and a value that may be null. Kafka allows names to repeat.</summary>
public readonly record struct RecordHeader(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte>? Value)
{
    internal int EncodedSize =>
        Varint.SizeSigned(Name.Length) + Name.Length
        + (Value is { } value ? Varint.SizeSigned(value.Length) + value.Length : 1);

    internal int Write(Span<byte> target)
    {
        int at = Varint.WriteSigned(target, Name.Length);
        Name.Span.CopyTo(target[at..]);
        at += Name.Length;
        at += Varint.WriteSigned(target[at..], Value?.Length ?? -1);
        if (Value is { } value)
        {
            value.Span.CopyTo(target[at..]);
            at += value.Length;
        }

        return at;
    }
}
