using System.Text.Json;
using Millrace.Conformance.Answers;
using Millrace.Conformance.Judging;
using Millrace.Data;
using Xunit;

namespace Millrace.Conformance.RunnerTests;

/// <summary>The judge must be able to say "differ": every kind of difference is shown to it once.</summary>
public class JudgeTests
{
    private const string Compile = "org.apache.flink.table.api.ValidationException: no such thing";
    private const string Running = "java.lang.NumberFormatException: For input string: 'abc'";
    private const string Own = "java.lang.NullPointerException";

    private static readonly Ran Two = MadeUpAnswerer.Column(SqlType.Int, "1", "2");

    [Fact]
    public void Rows_are_a_multiset()
    {
        Assert.Equal(
            Judgement.Agree, Query("""{"columns":[["v","INTEGER"]],"changelog":"append","rows":[[2],[1]]}""", Two));
    }

    [Theory]
    [InlineData("""{"columns":[["v","INTEGER"]],"changelog":"append","rows":[[1],[3]]}""")]
    [InlineData("""{"columns":[["v","INTEGER"]],"changelog":"append","rows":[[1],[2],[2]]}""")]
    [InlineData("""{"columns":[["v","INTEGER"]],"changelog":"append","rows":[[1]]}""")]
    [InlineData("""{"columns":[["v","BIGINT"]],"changelog":"append","rows":[[1],[2]]}""")]
    [InlineData("""{"columns":[["v","INTEGER NOT NULL"]],"changelog":"append","rows":[[1],[2]]}""")]
    [InlineData("""{"columns":[["w","INTEGER"]],"changelog":"append","rows":[[1],[2]]}""")]
    [InlineData("""{"columns":[["v","INTEGER"],["w","INTEGER"]],"changelog":"append","rows":[[1,1],[2,2]]}""")]
    [InlineData("""{"columns":[["v","INTEGER"]],"changelog":"updating","rows":[[1],[2]]}""")]
    [InlineData("""{"error":"org.apache.flink.table.api.ValidationException: no"}""")]
    [InlineData("""{"error":"java.lang.NumberFormatException: no"}""")]
    public void Another_query_answer_differs(string recorded)
    {
        Assert.Equal(Judgement.Differ, Query(recorded, Two));
    }

    [Fact]
    public void Kinds_and_made_up_names_may_be_free()
    {
        Assert.Equal(Judgement.Agree, Judge.Query(
            Json("""{"columns":[["v","INTEGER"]],"changelog":"updating","rows":[[1],[2]]}"""), Two,
            anyKinds: true).Judgement);
        Assert.Equal(Judgement.Agree, Query(
            """{"columns":[["EXPR$0","INTEGER"]],"changelog":"append","rows":[[1],[2]]}""",
            Two with { Columns = [new("EXPR$7", SqlType.Int)] }));
    }

    [Theory]
    [InlineData(Compile, "refused", Judgement.Agree)]
    [InlineData(Compile, "bad", Judgement.Differ)]
    [InlineData(Compile, "rows", Judgement.Differ)]
    [InlineData(Running, "refused", Judgement.Differ)]
    [InlineData(Running, "bad", Judgement.Agree)]
    [InlineData(Running, "rows", Judgement.Differ)]
    [InlineData(Running, "not supported", Judgement.NotSupported)]
    [InlineData(Own, "refused", Judgement.Agree)]
    [InlineData(Own, "rows", Judgement.Agree)]
    [InlineData("java.lang.UnsupportedOperationException: no", "refused", Judgement.Agree)]
    [InlineData("java.lang.UnsupportedOperationException: no", "rows", Judgement.Differ)]
    public void An_error_is_one_of_the_right_stage(string error, string ours, Judgement expected)
    {
        Answer answer = ours switch
        {
            "refused" => new Refused("MR0201"),
            "bad" => Two with { Bad = ["CAST"] },
            "not supported" => new NotSupported("MR0301"),
            _ => Two,
        };
        Assert.Equal(expected, Query(JsonSerializer.Serialize(new { error }), answer));
    }

    [Fact]
    public void What_was_answered_must_be_answered()
    {
        const string Recorded = """{"columns":[["v","INTEGER"]],"changelog":"append","rows":[[1],[2]]}""";
        Assert.Equal(Judgement.Differ, Query(Recorded, new Refused("MR0201")));
        Assert.Equal(Judgement.Differ, Query(Recorded, Two with { Bad = ["CAST"] }));
        Assert.Equal(Judgement.NotSupported, Query(Recorded, new NotSupported("MR0301")));
    }

    [Theory]
    [InlineData("""{"type":"INTEGER","values":[1,2]}""", Judgement.Agree)]
    [InlineData("""{"type":"INTEGER","values":[2,1]}""", Judgement.Differ)]
    [InlineData("""{"type":"INTEGER","values":[1,2,3]}""", Judgement.Differ)]
    [InlineData("""{"type":"BIGINT","values":[1,2]}""", Judgement.Differ)]
    public void An_expression_has_values_in_order(string recorded, Judgement expected)
    {
        Assert.Equal(expected, Judge.Expression(Json(recorded), Two).Judgement);
    }

    [Theory]
    [InlineData("""{"rows":[[1],[2]]}""", Judgement.Agree)]
    [InlineData("""{"rows":[]}""", Judgement.Differ)]
    [InlineData("""{"error":"x.JsonParseException: no"}""", Judgement.Differ)]
    public void A_line_has_rows_or_fails(string recorded, Judgement expected)
    {
        Assert.Equal(expected, Judge.Line(Json("""[["v","INTEGER"]]"""), Json(recorded), Two).Judgement);
    }

    [Theory]
    [InlineData("""["{\"v\":{\"a\":1,\"b\":2}}"]""", true, Judgement.Agree)]
    [InlineData("""["{\"v\":{\"b\":2,\"a\":1}}"]""", true, Judgement.Agree)]
    [InlineData("""["{\"v\":{\"b\":2,\"a\":1}}"]""", false, Judgement.Differ)]
    [InlineData("""["{\"v\":{\"a\":1,\"b\":3}}"]""", true, Judgement.Differ)]
    [InlineData("""["{\"v\":{\"\\u0061\":1,\"b\":2}}"]""", true, Judgement.Differ)]
    [InlineData("""["{\"v\": {\"a\":1,\"b\":2}}"]""", false, Judgement.Differ)]
    [InlineData("""[]""", true, Judgement.Differ)]
    public void Lines_are_compared_byte_for_byte(string lines, bool isMap, Judgement expected)
    {
        SqlType type = isMap ? SqlType.Map(SqlType.String, SqlType.Int) : SqlType.String;
        string name = CorpusTypeName.Of(type);
        Ran answer = MadeUpAnswerer.Column(type, """{"a":1,"b":2}""");
        Assert.Equal(
            expected, Judge.Encoded(Json($$"""{"columns":[["v","{{name}}"]],"lines":{{lines}}}"""), answer).Judgement);
    }

    private static Judgement Query(string recorded, Answer answer) =>
        Judge.Query(Json(recorded), answer, false).Judgement;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
