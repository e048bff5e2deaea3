using System.Text;
using System.Text.Json;
using Millrace.Conformance.Answers;
using Millrace.Conformance.Corpus;
using Millrace.Conformance.Judging;
using Millrace.Conformance.Reports;
using Millrace.Data;
using Xunit;

namespace Millrace.Conformance.RunnerTests;

/// <summary>Reading cases, asking their questions, excusing what is documented, counting and writing.</summary>
public class RunnerTests
{
    private const string Yaml = """
        - case: a-query
          tables:
            t:
              columns: {name: STRING, ts: TIMESTAMP(3)}
              watermark: ts - INTERVAL '1' SECOND
              rows: |
                {"name":"a"}

                {"name":"b"}
            v:
              columns: {k: INT}
              versioned: {key: [k], at: ts}
              options: {json.ignore-parse-errors: true}
          settings: {table.local-time-zone: UTC}
          kinds: any
          sql: SELECT 1
        - case: expressions
          defect: of the other one
          tables: {t: {columns: {i: INT}, rows: "{}\n"}}
          expressions: [i, NULL, 'i + 1']
        - case: lines
          tables: {t: {columns: {i: INT}, rows: "1\n2\n"}}
          each: SELECT v FROM t
        """;

    private static readonly IReadOnlyList<CorpusCase> Cases = CorpusReader.Read(Yaml);

    [Fact]
    public void A_case_is_read_with_all_its_parts()
    {
        CorpusCase query = Cases[0];
        Assert.Equal((QuestionKind.Sql, "SELECT 1", true), (query.Kind, query.Query, query.IsAnyKinds));
        Assert.Equal("UTC", query.Settings["table.local-time-zone"]);
        Assert.Equal([new("name", "STRING"), new CorpusColumn("ts", "TIMESTAMP(3)")], query.Tables[0].Columns);
        Assert.Equal("ts - INTERVAL '1' SECOND", query.Tables[0].Watermark);
        Assert.Equal(["{\"name\":\"a\"}", "", "{\"name\":\"b\"}"], query.Tables[0].Lines);
        Assert.Equal("ts", query.Tables[1].Versions!.At);
        Assert.Equal(["k"], query.Tables[1].Versions!.Key);
        Assert.Equal("true", query.Tables[1].Options["json.ignore-parse-errors"]);
        Assert.Equal(["i", "NULL", "i + 1"], Cases[1].Expressions);
        Assert.Equal((QuestionKind.Each, "of the other one"), (Cases[2].Kind, Cases[1].Defect));
    }

    [Fact]
    public void Each_expression_is_asked_alone()
    {
        List<string> asked = [];
        MadeUpAnswerer answerer = new(sql =>
        {
            asked.Add(sql);
            return MadeUpAnswerer.Column(SqlType.Int, "1");
        });
        const string Recorded = """
            {"expressions":[
              {"type":"INTEGER","values":[1]},{"type":"INTEGER","values":[2]},{"error":"x.ParseException: no"}]}
            """;
        List<JudgedAnswer> answers = Judged(answerer, Differences.None, 1, Recorded);
        Assert.Equal(["SELECT i AS e0 FROM `t`", "SELECT NULL AS e0 FROM `t`", "SELECT i + 1 AS e0 FROM `t`"], asked);
        Assert.Equal(
            [Judgement.Agree, Judgement.Documented, Judgement.Documented], answers.Select(a => a.Verdict.Judgement));
    }

    [Fact]
    public void Each_line_is_asked_alone_and_may_be_excused()
    {
        const string Recorded =
            """{"columns":[["v","INTEGER"]],"lines":[{"line":"1","rows":[[1]]},{"line":"2","rows":[[2]]}]}""";
        MadeUpAnswerer answerer = new(_ => MadeUpAnswerer.Column(SqlType.Int, "1"));
        Assert.Equal(new Tally(1, 1, 0, 0), Tally.Of(Judged(answerer, Differences.None, 2, Recorded)));
        Assert.Equal(
            new Tally(2, 0, 0, 1), Tally.Of(Judged(answerer, Rows(new("file", "li*", "2", "why")), 2, Recorded)));
        Assert.Equal(
            new Tally(1, 1, 0, 0), Tally.Of(Judged(answerer, Rows(new("file", "lines", "3", "why")), 2, Recorded)));
        Assert.Equal(
            new Tally(1, 1, 0, 0), Tally.Of(Judged(answerer, Rows(new("other", "lines", "2", "why")), 2, Recorded)));
    }

    [Fact]
    public void The_table_of_differences_is_read()
    {
        IReadOnlyList<DocumentedDifference> read = Differences.Read(
            "# Text\n\n| file | case | expression | reason |\n|---|---|---|---|\n| a | * | `x \\| y` | because "
                + "|\n\nmore | text\n").Rows;
        Assert.Equal([new DocumentedDifference("a", "*", "x | y", "because")], read);
    }

    [Fact]
    public void The_report_tells_what_differs()
    {
        FileReport report =
            new("f", 2, [new("a", "", Verdict.Agree), new("b", "x + 1", Verdict.Differ("here 1, there 2"))]);
        StringWriter text = new();
        Report.WriteLine(report, text);
        Assert.Equal(
            ["f: 2 cases, 2 answers: 1 agree, 1 differ, 0 not supported", "  differs: b [x + 1]: here 1, there 2"],
            text.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        MemoryStream json = new();
        Report.WriteJson([report], json);
        JsonElement second = JsonDocument.Parse(Encoding.UTF8.GetString(json.ToArray())).RootElement[1];
        Assert.Equal(
            ("b", "Differ"), (second.GetProperty("case").GetString(), second.GetProperty("judgement").GetString()));
    }

    [Theory]
    [InlineData("Encountered \"at\" at line 1, column 52.", true)]
    [InlineData("Encountered \". value\" at line 1, column 9", true)]
    [InlineData("Incorrect syntax near the keyword 'COUNT' at line 1, column 8.", true)]
    [InlineData("Incorrect syntax near the keyword 'END' at line 1, column 8.", false)]
    [InlineData("Encountered \")\" at line 1, column 20.", false)]
    public void A_word_that_only_Flink_reserves_is_a_known_difference(string error, bool isKnown)
    {
        ReservedWords words = ReservedWords.Read(
            "Reserved, so to be written in back-quotes, are:\n\nCASE, END,\nWHEN.\n\nMore.");
        string detail = $"recorded org.apache.flink.sql.parser.impl.ParseException: {error}";
        Assert.Equal(["CASE", "END", "WHEN"], words.Ours.Order(StringComparer.Ordinal));
        Assert.Equal(isKnown, words.Explain($"accepted (), {detail}"));
        Assert.False(words.Explain($"refused: MR0201, {detail}"));
    }

    private static Differences Rows(DocumentedDifference row) => Differences.None with { Rows = [row] };

    private static List<JudgedAnswer> Judged(
        IAnswerer answerer, Differences documented, int asked, string recorded) =>
        [.. new CaseRunner(answerer, documented).Run("file", Cases[asked], JsonDocument.Parse(recorded).RootElement)];
}
