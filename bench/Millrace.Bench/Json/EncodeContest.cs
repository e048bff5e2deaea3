using System.Buffers;
using System.Text.Json;
using Millrace.Bench.Measuring;
using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Text;
using Millrace.Data.Time;

namespace Millrace.Bench.Json;

/// <summary>Columns into JSON records, beside the platform's writer from the same columns.</summary>
public static class EncodeContest
{
    private const int Rows = 4096;

    public static Contest Make()
    {
        Clickstream events = new(Rows, seed: 1);
        JsonRowDecoder decoder = new(
            Clickstream.Schema, new JsonDecodeOptions { Timestamps = TimestampStandard.Iso8601 });
        Batch batch = new(decoder.Schema);
        decoder.Decode(events.Bytes, events.Starts, events.Lengths, batch);
        JsonRowEncoder encoder = new(decoder.Schema, new JsonEncodeOptions { Timestamps = TimestampStandard.Iso8601 });
        ByteBuffer output = new();
        int[] offsets = new int[Rows + 1];
        const int times = 3;
        return new Contest("encode", events.Lengths.Sum(l => (long)l) * times, Rows * times,
        [
            new("Utf8JsonWriter", () => Write(batch, times)),
            new("millrace", () =>
            {
                for (int i = 0; i < times; i++)
                {
                    output.Clear();
                    encoder.Encode(batch, 0, Rows, output, offsets);
                }

                return output.Length;
            }),
        ]);
    }

    private static long Write(Batch batch, int times)
    {
        long written = 0;
        ArrayBufferWriter<byte> buffer = new(1 << 21);
        JsonEncodedText[] names = [.. batch.Schema.Columns.Select(c => JsonEncodedText.Encode(c.Name))];
        using Utf8JsonWriter writer = new(buffer, new JsonWriterOptions
        {
            SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        for (int time = 0; time < times; time++)
        {
            buffer.ResetWrittenCount();
            for (int row = 0; row < batch.Count; row++)
            {
                writer.Reset();
                writer.WriteStartObject();
                for (int c = 0; c < names.Length; c++)
                {
                    WriteValue(writer, names[c], batch.Columns[c], row);
                }

                writer.WriteEndObject();
                writer.Flush();
            }

            written += buffer.WrittenCount;
        }

        return written;
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonEncodedText name, ColumnVector column, int row)
    {
        if (column.IsNull(row))
        {
            writer.WriteNull(name);
        }
        else if (column is BytesVector bytes)
        {
            writer.WriteString(name, bytes.Slice(row));
        }
        else
        {
            writer.WriteString(name, DateTimeOffset.FromUnixTimeMilliseconds(((FixedVector<long>)column).Values[row]));
        }
    }
}
