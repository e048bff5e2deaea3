using System.Text;
using System.Text.Json;
using Millrace.Data.Json;
using Millrace.Data.Time;
using Xunit.Abstractions;

namespace Millrace.Data.Tests.Conformance;

public class JsonDecodeCorpusTests(ITestOutputHelper output)
{
    // Where Flink's answer is its parser losing its place (docs/differences.md, "JSON"), ours by case and line.
    private static readonly Dictionary<(string, string), string> Different = Scalars().Concat(
    [
        (("object-in-the-place-of-an-array-ignoring", """{"v":{"id":7},"id":1}"""), "[null,1]"),
        (("object-in-the-place-of-an-array-ignoring", """{"v":[[8],2],"id":1}"""), "[[null,2],1]"),
        (("object-in-the-place-of-an-array-ignoring", """{"v":[{"id":7},2],"id":1}"""), "[[null,2],1]"),
        (("array-row-ignoring", """{"v":[[{"a":1}]]}"""), "[[null]]"),
        (("map-int-ignoring", """{"v":{"a":{"b":1}}}"""), "[{a:null}]"),
        (("bad-tokens-string-ignoring", """{"v":{,},"id":1}"""), ""),

        // Not a difference of meaning: the shorter text reads back the same FLOAT.
        (("float-ignoring", """{"v":123456789}"""), "[\"1.2345679E8\"]"),
    ]).ToDictionary(d => d.Item1, d => d.Item2);

    private static IEnumerable<((string, string), string)> Scalars()
    {
        string[] lines =
        [
            """{"v":{"id":7},"id":1}""", """{"v":[{"id":5}],"id":1}""", """{"v":{},"id":1}""", """{"v":[],"id":1}""",
            """{"v":{"x":{"id":7}},"id":1}""",
        ];
        foreach ((string name, string v) in new[]
        {
            ("object-in-the-place-of-a-scalar", "false"), ("object-in-the-place-of-an-int-ignoring", "null"),
            ("object-in-the-place-of-a-date-ignoring", "null"),
        })
        {
            foreach (string line in lines)
            {
                yield return ((name, line), $"[{v},1]");
            }

            yield return ((name, """{"v":{"id":7}}"""), $"[{v},null]");
        }
    }

    [Fact]
    public void Every_line_is_read_as_Flink_reads_it()
    {
        if (Corpus.Folder is null)
        {
            output.WriteLine("SKIPPED: no conformance corpus beside the checkout");
            return;
        }

        List<string> wrong = [];
        int compared = 0;
        foreach (CorpusCase question in Corpus.Read("json_decode"))
        {
            string[] items = question.Kind == "expressions" ? question.Expressions : SelectItems.Split(question.Query);
            var select = SelectItems.Parse(items);
            if (select is null || question.Name is "jackson-tree-parser" or "timestamp-9-digits")
            {
                output.WriteLine($"skipped: {question.Name}");
                continue;
            }

            compared += Compare(question, select, wrong);
        }

        output.WriteLine($"{compared} answers compared");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {compared} differ:\n" + string.Join('\n', wrong));
        Assert.True(compared > 800);
    }

    private static int Compare(CorpusCase question, (string Column, Func<ColumnVector, int, string> Show)[] select,
        List<string> wrong)
    {
        Schema schema = new([.. question.Table.Columns.Select(c => new SchemaColumn(c.Name, TypeText.Parse(c.Type)))]);
        int[] wanted = [.. select.Select(s => schema.IndexOf(s.Column)).Distinct()];
        JsonRowDecoder decoder;
        try
        {
            decoder = new(schema, wanted, Options(question.Table.Options));
        }
        catch (ArgumentException refusal)
        {
            bool agreed = question.Expected.GetProperty("lines").EnumerateArray().All(l =>
                l.TryGetProperty("error", out _));
            wrong.AddRange(agreed ? [] : [$"{question.Name}: {refusal.Message}"]);
            return 1;
        }

        if (question.Kind == "sql")
        {
            string answers = Joined(question.Expected.GetProperty("rows").EnumerateArray().Select(PlainValue.Of));
            string rows = Joined(Decode(decoder, select, question.Table.Lines));
            wrong.AddRange(rows == answers ? [] : [$"{question.Name}:\n    expected {answers}\n    actual   {rows}"]);
            return answers.Split(";").Length;
        }

        int compared = 0;
        foreach ((string line, string? answer) in Answers(question))
        {
            string expected = Different.GetValueOrDefault((question.Name, line), answer ?? "error");
            string actual = Joined(Decode(decoder, select, [line]));
            actual = expected == "error" && actual.Length == 0 && decoder.Bad.Count == 1 ? "error" : actual;
            wrong.AddRange(actual == expected ? []
                : [$"{question.Name}: {line}\n    expected {expected}\n    actual   {actual}"]);
            compared++;
        }

        return compared;
    }

    private static IEnumerable<(string Line, string? Answer)> Answers(CorpusCase question)
    {
        if (question.Kind == "each")
        {
            return question.Expected.GetProperty("lines").EnumerateArray().Select(l => (
                l.GetProperty("line").GetString()!,
                l.TryGetProperty("rows", out JsonElement rows) ? Joined(rows.EnumerateArray().Select(PlainValue.Of))
                    : null));
        }

        return question.Table.Lines.Where(l => l.Length > 0).Zip(
            question.Expected.GetProperty("expressions")[0].GetProperty("values").EnumerateArray(),
            (line, value) => (line, (string?)$"[{PlainValue.Of(value)}]"));
    }

    private static string Joined(IEnumerable<string> rows) => string.Join(";", rows.Order(StringComparer.Ordinal));

    private static string[] Decode(
        JsonRowDecoder decoder, (string Column, Func<ColumnVector, int, string> Show)[] select, string[] lines)
    {
        using MemoryStream stream = new();
        List<int> starts = [];
        List<int> lengths = [];
        foreach (string line in lines)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            starts.Add((int)stream.Length);
            lengths.Add(bytes.Length);
            stream.Write(bytes);
        }

        Batch batch = new(decoder.Schema);
        decoder.Decode(stream.ToArray(), starts.ToArray(), lengths.ToArray(), batch);
        return [.. Enumerable.Range(0, batch.Count).Select(r =>
            "[" + string.Join(",", select.Select(s => s.Show(batch.Columns[decoder.Schema.IndexOf(s.Column)], r)))
                + "]")];
    }

    private static JsonDecodeOptions Options(Dictionary<string, string> options) => new()
    {
        IgnoreParseErrors = options.GetValueOrDefault("json.ignore-parse-errors") == "true",
        FailOnMissingField = options.GetValueOrDefault("json.fail-on-missing-field") == "true",
        Timestamps = options.GetValueOrDefault("json.timestamp-format.standard") == "ISO-8601"
            ? TimestampStandard.Iso8601 : TimestampStandard.Sql,
    };
}
