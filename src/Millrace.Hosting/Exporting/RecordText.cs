using Millrace.Hosting.Inputs;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Exporting;

/// <summary>
/// A record of a topic as JSON: <c>{"partition", "offset", "timestamp", "key", "value"}</c>, and <c>"headers"</c>
/// (name, value) where it has some. Keys and values are strings, null, or <c>{"base64": ".."}</c> where they are not
/// UTF-8.
/// </summary>
internal static class RecordText
{
    public static void Write(JsonText text, PartitionReader record)
    {
        text.Raw("{\"partition\":"u8);
        text.Number(record.Partition);
        text.Raw(",\"offset\":"u8);
        text.Number(record.Offset);
        text.Raw(",\"timestamp\":"u8);
        text.Number(record.Timestamp);
        text.Raw(",\"key\":"u8);
        Bytes(text, record.Key);
        text.Raw(",\"value\":"u8);
        Bytes(text, record.Value);
        Headers(text, record.ReadHeaders());
        text.Raw("}"u8);
    }

    private static void Headers(JsonText text, IReadOnlyList<RecordHeader> headers)
    {
        for (int i = 0; i < headers.Count; i++)
        {
            text.Raw(i == 0 ? ",\"headers\":[{\"name\":"u8 : ",{\"name\":"u8);
            text.StringOrBase64(headers[i].Name.Span);
            text.Raw(",\"value\":"u8);
            Bytes(text, headers[i].Value is { } value ? new NullableBytes(value.Span) : NullableBytes.Null);
            text.Raw(i == headers.Count - 1 ? "}]"u8 : "}"u8);
        }
    }

    private static void Bytes(JsonText text, NullableBytes bytes)
    {
        if (bytes.IsNull)
        {
            text.Raw("null"u8);
        }
        else
        {
            text.StringOrBase64(bytes.Bytes);
        }
    }
}
