namespace Millrace.Storage.Records;

/// <summary>Decodes the headers of a record. Off the hot path: it copies.</summary>
internal static class RecordHeaderReader
{
    public static IReadOnlyList<RecordHeader> Read(ReadOnlySpan<byte> data, in RecordSlices record)
    {
        ReadOnlySpan<byte> bytes = data[..record.End];
        int at = record.HeadersStart;
        if (!Varint.TryReadSigned(bytes, ref at, out long count) || count <= 0 || count > bytes.Length)
        {
            return [];
        }

        List<RecordHeader> headers = new((int)count);
        for (int i = 0; i < count; i++)
        {
            if (!RecordSlices.TryReadBytes(bytes, ref at, out int nameStart, out int nameLength) || nameLength < 0
                || !RecordSlices.TryReadBytes(bytes, ref at, out int valueStart, out int valueLength))
            {
                return [];
            }

            ReadOnlyMemory<byte>? value = null;
            if (valueLength >= 0)
            {
                value = bytes.Slice(valueStart, valueLength).ToArray();
            }

            headers.Add(new RecordHeader(bytes.Slice(nameStart, nameLength).ToArray(), value));
        }

        return headers;
    }
}
