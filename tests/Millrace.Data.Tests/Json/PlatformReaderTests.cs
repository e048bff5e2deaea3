using System.Text;
using System.Text.Json;
using Millrace.Data.Json;

namespace Millrace.Data.Tests.Json;

/// <summary>The decoder beside the platform's reader, which is a slow and independent one.</summary>
public class PlatformReaderTests
{
    // What Flink's rules add: only the first value of a record counts, a root must be an object or an array of them,
    // and inside a string control characters pass (the generator makes none).
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_take_and_refuse_the_same_records(bool useTemplates)
    {
        Random random = new(11);
        RandomRecords records = new(random);
        JsonRowDecoder decoder = new(
            Decoding.Schema(("nothing", SqlType.Int)), new JsonDecodeOptions { UseTemplates = useTemplates });
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string record = records.Record();
            byte[] bytes = i % 2 == 0 ? Encoding.UTF8.GetBytes(record) : records.Spoilt(record);
            if (!System.Text.Unicode.Utf8.IsValid(bytes) || bytes.Length == 0)
            {
                continue;
            }

            Decoding.Decode(decoder, [bytes]);
            bool expected = IsTaken(bytes);
            refused += expected ? 0 : 1;
            Assert.True(expected == (decoder.Bad.Count == 0), $"{Encoding.UTF8.GetString(bytes)}: platform {expected}");
        }

        Assert.InRange(refused, 3000, 10_000);
    }

    [Fact]
    public void Both_read_the_same_values()
    {
        Random random = new(12);
        RandomRecords records = new(random);
        Schema schema = Decoding.Schema(
            ("name", SqlType.String), ("x", SqlType.String), ("id", SqlType.BigInt), ("price", SqlType.Double),
                ("ok", SqlType.String));
        JsonRowDecoder decoder = new(schema, new JsonDecodeOptions { IgnoreParseErrors = true });
        int compared = 0;
        for (int i = 0; i < 5000; i++)
        {
            string record = records.Record();
            using JsonDocument document = JsonDocument.Parse(record);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || document.RootElement.EnumerateObject().GroupBy(p => p.Name).Any(g => g.Count() > 1))
            {
                continue;
            }

            Batch batch = Decoding.Decode(decoder, record);
            foreach ((string name, int column) in schema.Columns.Select((c, k) => (c.Name, k)))
            {
                if (Expected(document.RootElement, name) is string expected)
                {
                    Assert.Equal(expected, Millrace.Data.Tests.Columns.RandomColumns.Show(batch.Columns[column], 0));
                    compared++;
                }
            }
        }

        Assert.True(compared > 10_000);
    }

    private static bool IsTaken(byte[] bytes)
    {
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
                return true;
            }

            while (reader.TokenType == JsonTokenType.StartArray && reader.Read()
                && reader.TokenType != JsonTokenType.EndArray)
            {
                while (reader.TokenType == JsonTokenType.StartObject)
                {
                    reader.Skip();
                    reader.Read();
                }

                return reader.TokenType == JsonTokenType.EndArray;
            }

            return reader.TokenType == JsonTokenType.EndArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Null where the platform has no opinion: conversions that only Flink makes.
    private static string? Expected(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return "NULL";
        }

        return (name, value.ValueKind) switch
        {
            ("name" or "x" or "ok", JsonValueKind.String) when !value.GetRawText().Contains("\\ud83d\"",
                StringComparison.Ordinal) =>
                $"'{value.GetString()}'",
            ("name" or "x" or "ok", JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number) =>
                $"'{value.GetRawText()}'",
            ("id", JsonValueKind.Number) when value.TryGetInt64(out long id) => $"{id}",
            ("price", JsonValueKind.Number) => $"{value.GetDouble():R}",
            _ => null,
        };
    }
}
