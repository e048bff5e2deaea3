using System.Text.Json;
using Millrace.Bench.Measuring;
using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Time;

namespace Millrace.Bench.Json;

/// <summary>JSON records into columns, beside the platform's reader over the same bytes.</summary>
public static class DecodeContest
{
    private const int BatchSize = 1024;

    public static Contest Make()
    {
        Clickstream events = new(20_000, seed: 1);
        JsonDecodeOptions options = new() { Timestamps = TimestampStandard.Iso8601 };
        return new Contest("decode", events.Lengths.Sum(l => (long)l), events.Starts.Length,
        [
            new("Utf8JsonReader, tokens only", () => Tokens(events)),
            new("JsonDocument, 13 properties", () => Documents(events)),
            Decoder("millrace, all 13 columns", events, new JsonRowDecoder(Clickstream.Schema, options)),
            Decoder("millrace, 5 columns", events, new JsonRowDecoder(Clickstream.Schema, [1, 2, 4, 7, 12], options)),
            Decoder("millrace, lenient timestamps", events, new JsonRowDecoder(
                Clickstream.Schema, options with { Timestamps = TimestampStandard.Lenient })),
        ]);
    }

    private static Contender Decoder(string name, Clickstream events, JsonRowDecoder decoder)
    {
        Batch batch = new(decoder.Schema);
        return new Contender(name, () =>
        {
            long rows = 0;
            for (int at = 0; at < events.Starts.Length; at += BatchSize)
            {
                int count = Math.Min(BatchSize, events.Starts.Length - at);
                decoder.Decode(events.Bytes, events.Starts.AsSpan(at, count), events.Lengths.AsSpan(at, count), batch);
                rows += batch.Count;
            }

            return rows;
        });
    }

    private static long Tokens(Clickstream events)
    {
        long tokens = 0;
        for (int i = 0; i < events.Starts.Length; i++)
        {
            Utf8JsonReader reader = new(events.Bytes.AsSpan(events.Starts[i], events.Lengths[i]));
            while (reader.Read())
            {
                tokens++;
            }
        }

        return tokens;
    }

    private static long Documents(Clickstream events)
    {
        long found = 0;
        for (int i = 0; i < events.Starts.Length; i++)
        {
            ReadOnlyMemory<byte> record = events.Bytes.AsMemory(events.Starts[i], events.Lengths[i]);
            using JsonDocument document = JsonDocument.Parse(record);
            foreach (SchemaColumn column in Clickstream.Schema.Columns)
            {
                found += document.RootElement.GetProperty(column.Name).ValueKind == JsonValueKind.String ? 1 : 0;
            }
        }

        return found;
    }
}
