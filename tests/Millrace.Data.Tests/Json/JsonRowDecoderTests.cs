using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Time;

namespace Millrace.Data.Tests.Json;

public class JsonRowDecoderTests
{
    private static readonly Schema Pair = Decoding.Schema(("a", SqlType.String), ("b", SqlType.Int));

    [Fact]
    public void Plain_texts_are_slices_of_the_input()
    {
        JsonRowDecoder decoder = new(Pair, JsonDecodeOptions.Default);
        byte[] buffer = Encoding.UTF8.GetBytes("""..{"a":"one","b":1}..{"a":2.50,"b":2}""");
        Batch batch = new(decoder.Schema);
        decoder.Decode(buffer, [2, 21], [17, 16], batch, [70, 80]);
        BytesVector a = (BytesVector)batch.Columns[0];
        Assert.Same(buffer, a.Data);
        Assert.Equal((8, 3), (a.Starts[0], a.Lengths[0]));
        Assert.Equal(["'one'|1", "'2.50'|2"], Decoding.Rows(batch));
        Assert.Equal([70L, 80L], batch.Positions[..2]);
    }

    [Fact]
    public void Texts_with_escapes_do_not_disturb_the_others()
    {
        JsonRowDecoder decoder = new(Pair, JsonDecodeOptions.Default);
        Batch first = Decoding.Decode(decoder, """{"a":"x"}""", """{"a":"y\n"}""", """{"a":null}""",
            """{"a":{"k":[1.0]}}""");
        Assert.Equal(["'x'|NULL", "'y\n'|NULL", "NULL|NULL", "'{\"k\":[1.0]}'|NULL"], Decoding.Rows(first));
        Batch second = Decoding.Decode(decoder, """{"a":"\u00e9"}""", """{"a":"z"}""");
        Assert.Equal(["'é'|NULL", "'z'|NULL"], Decoding.Rows(second));
        Assert.Equal(["'x'|NULL", "'y\n'|NULL", "NULL|NULL", "'{\"k\":[1.0]}'|NULL"], Decoding.Rows(first));
        Assert.Equal(["'plain'|NULL"],
            Decoding.Rows(Decoding.Decode(decoder, [Encoding.UTF8.GetBytes("{\"a\":\"plain\"}")], second)));
    }

    [Theory]
    [InlineData("{\"a\":\"x\",\"b\":true}", "json.type", "b", 17)]
    [InlineData("{\"a\":\"x\",\"b\":1", "json.syntax", null, 14)]
    [InlineData("{\"a\":\"x\"; \"b\":1}", "json.syntax", null, 8)]
    [InlineData("nul", "json.syntax", null, 0)]
    [InlineData("{\"x\":[[[[1]]]]}", "json.limit", null, 9)]
    [InlineData("{\"x\":123456789}", "json.limit", null, 14)]
    public void A_bad_record_says_what_and_where(string record, string code, string? column, int offset)
    {
        JsonRowDecoder decoder = new(Pair, new JsonDecodeOptions { MaxDepth = 4, MaxDigits = 8 });
        Batch batch = Decoding.Decode(decoder, """{"a":"good","b":1}""", record, """{"b":2}""");
        Assert.Equal(["'good'|1", "NULL|2"], Decoding.Rows(batch));
        Assert.Equal([0, 2], decoder.Records.ToArray());
        BadRecord bad = Assert.Single(decoder.Bad);
        Assert.Equal((1, code, column, offset), (bad.Record, bad.Code, bad.Column, bad.Offset));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"b\":null}")]
    public void Null_in_a_column_that_must_not_be_is_a_bad_record_also_where_errors_are_ignored(string record)
    {
        Schema schema = Decoding.Schema(("b", SqlType.Int.NotNull()));
        foreach (bool ignoring in new[] { false, true })
        {
            JsonRowDecoder decoder = new(schema, new JsonDecodeOptions { IgnoreParseErrors = ignoring });
            Assert.Equal(["1"], Decoding.Rows(Decoding.Decode(decoder, """{"b":1}""", record)));
            Assert.Equal("json.null", Assert.Single(decoder.Bad).Code);
        }
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_spoil_the_record_but_behind_it_do_not_matter()
    {
        JsonRowDecoder decoder = new(Pair, JsonDecodeOptions.Default);
        byte[] inKey = [.. "{\"k"u8, 0xFF, .. "\":1}"u8];
        byte[] inText = [.. "{\"a\":\"x"u8, 0xC3, 0x28, .. "\"}"u8];
        byte[] behind = [.. "{\"a\":\"é\"}"u8, 0xFF];
        byte[] mark = [0xEF, 0xBB, 0xBF, .. "{\"a\":\"bom\"}"u8];
        Batch batch = Decoding.Decode(decoder, [inKey, inText, behind, mark, []]);
        Assert.Equal(["'é'|NULL", "'bom'|NULL"], Decoding.Rows(batch));
        Assert.Equal([(0, "json.utf8"), (1, "json.utf8")], decoder.Bad.Select(b => (b.Record, b.Code)));
    }

    [Fact]
    public void A_root_array_yields_a_row_per_element_all_or_none_unless_errors_are_ignored()
    {
        string[] records = ["""{"b":0}""", "[{\"b\":1},{\"b\":2},{\"b\":3}]", "[]", "[{\"b\":4},{\"b\":}]",
            """{"b":5}"""];
        JsonRowDecoder strict = new(Pair, [1], JsonDecodeOptions.Default);
        Assert.Equal(["0", "1", "2", "3", "5"], Decoding.Rows(Decoding.Decode(strict, records)));
        Assert.Equal([0, 1, 1, 1, 4], strict.Records.ToArray());
        JsonRowDecoder ignoring = new(Pair, [1], new JsonDecodeOptions { IgnoreParseErrors = true });
        Assert.Equal(["0", "1", "2", "3", "4", "5"], Decoding.Rows(Decoding.Decode(ignoring, records)));
        Assert.Equal(3, Assert.Single(ignoring.Bad).Record);
    }

    [Fact]
    public void A_record_given_up_leaves_nothing_behind_in_nested_columns()
    {
        Schema schema = Decoding.Schema(
            ("l", SqlType.Array(SqlType.Array(SqlType.String))), ("m", SqlType.Map(SqlType.String, SqlType.String)),
                ("b", SqlType.Int));
        JsonRowDecoder decoder = new(schema, JsonDecodeOptions.Default);
        for (int round = 0; round < 3; round++)
        {
            Batch batch = Decoding.Decode(
                decoder, """{"l":[["a\n"],null],"m":{"k":"v","k":"w"}}""",
                    """{"l":[[null,"x"],[]],"m":{"q":null},"b":"no"}""",
                """{"l":[["c"],["d",null]],"m":{"z":"y"},"b":7}""");
            Assert.Equal(["[['a\n'],NULL]|['k'='w']|NULL", "[['c'],['d',NULL]]|['z'='y']|7"], Decoding.Rows(batch));
        }
    }

    [Fact]
    public void Lenient_timestamps_of_one_column_may_be_of_all_kinds()
    {
        JsonRowDecoder decoder = new(
            Decoding.Schema(("t", SqlType.TimestampLtz(3))),
                new JsonDecodeOptions { Timestamps = TimestampStandard.Lenient });
        string[] values =
        [
            "\"2024-01-02T03:04:05.678Z\"", "\"2024-01-02 03:04:05.678\"", "\"2024-01-02T05:04:05.678+02:00\"",
                "\"2024-01-01T22:04:05,678-0500\"",
            "1704164645678", "1704164645.678", "1704164645678123", "\"1704164645678\"",
                "\"2024-01-02 03:04:05.678 UTC\"", "1704164645678123456",
        ];
        Batch batch = Decoding.Decode(decoder, [.. values.Select(v => $"{{\"t\":{v}}}")]);
        Assert.Empty(decoder.Bad);
        Assert.Equal(Enumerable.Repeat("1704164645678", values.Length), Decoding.Rows(batch));
        Assert.Equal(
            TimestampForms.Iso8601 | TimestampForms.Sql | TimestampForms.Utc | TimestampForms.Offset
                | TimestampForms.Local
                | TimestampForms.EpochSeconds | TimestampForms.EpochMillis | TimestampForms.EpochMicros
                    | TimestampForms.EpochNanos,
            decoder.TimestampForms(0));
        Decoding.Decode(decoder, "{\"t\":\"20240102\"}", "{\"t\":true}", "{\"t\":\"2024-01-02T25:00:00Z\"}",
            "{\"t\":\"2024-01-02T01:00:00+25\"}");
        Assert.Equal(4, decoder.Bad.Count);
    }

    [Fact]
    public void Records_of_which_no_column_is_wanted_are_counted_and_checked()
    {
        JsonRowDecoder decoder = new(Pair, [], JsonDecodeOptions.Default);
        Batch batch = Decoding.Decode(decoder, """{"a":1}""", """{"a":2}""", """{"a":}""", "[{},{}]", "{}");
        Assert.Equal(5, batch.Count);
        Assert.Equal([0, 1, 3, 3, 4], decoder.Records.ToArray());
        Assert.Equal(2, Assert.Single(decoder.Bad).Record);
    }

    [Fact]
    public void Keys_that_are_no_texts_are_refused()
    {
        Schema schema = Decoding.Schema(("m", SqlType.Map(SqlType.Int, SqlType.String)));
        Assert.Throws<ArgumentException>(() => new JsonRowDecoder(schema, JsonDecodeOptions.Default));
        Assert.Throws<ArgumentException>(() => new JsonRowEncoder(schema, JsonEncodeOptions.Default));
    }
}
