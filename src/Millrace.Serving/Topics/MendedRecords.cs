using System.Text.Json;

namespace Millrace.Serving.Topics;

/// <summary>
/// The body of <c>POST /v1/replays</c>: per line <c>{"offset": 17, "record": {..}}</c>, what to post in place of the
/// original of that row. <c>millrace replay --mended</c> reads its file by it and sends portions.
/// </summary>
public static class MendedRecords
{
    /// <summary>By offset; null when the body is empty. The record's bytes are those of the body.</summary>
    /// <exception cref="FormatException">A line is none; the message says which and why.</exception>
    public static Dictionary<long, ReadOnlyMemory<byte>>? Read(ReadOnlyMemory<byte> body)
    {
        Dictionary<long, ReadOnlyMemory<byte>> records = [];
        int line = 0;
        for (int at = 0; at < body.Length;)
        {
            int length = body.Span[at..].IndexOf((byte)'\n');
            ReadOnlyMemory<byte> text = length < 0 ? body[at..] : body.Slice(at, length);
            at += text.Length + 1;
            line++;
            if (!text.Span.Trim(" \t\r"u8).IsEmpty)
            {
                Add(text, line, records);
            }
        }

        return records.Count == 0 ? null : records;
    }

    private static void Add(ReadOnlyMemory<byte> text, int line, Dictionary<long, ReadOnlyMemory<byte>> records)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            string record = json.RootElement.GetProperty("record").GetRawText();
            if (!json.RootElement.GetProperty("offset").TryGetInt64(out long offset))
            {
                throw new FormatException($"line {line}: an offset is a whole number");
            }

            if (!records.TryAdd(offset, System.Text.Encoding.UTF8.GetBytes(record)))
            {
                throw new FormatException($"line {line}: a second record for offset {offset}");
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"line {line} is not {{\"offset\": .., \"record\": {{..}}}}", e);
        }
    }
}
