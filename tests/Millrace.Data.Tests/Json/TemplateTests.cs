using System.Collections.Immutable;
using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Time;

namespace Millrace.Data.Tests.Json;

public class TemplateTests
{
    private static readonly Schema Wide = Decoding.Schema(
        ("id", SqlType.BigInt), ("name", SqlType.String), ("price", SqlType.Decimal(10, 2)),
            ("at", SqlType.TimestampLtz(3)),
        ("ok", SqlType.Boolean), ("tags", SqlType.Array(SqlType.String)),
        ("who", SqlType.Row([new("n", SqlType.String), new("k", SqlType.Map(SqlType.String, SqlType.Int))])),
        ("no\"te", SqlType.String), ("absent", SqlType.Double));

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, true, false)]
    [InlineData(3, false, true)]
    [InlineData(4, true, true)]
    public void Learnt_key_orders_change_nothing(int seed, bool ignoring, bool narrow)
    {
        Random random = new(seed);
        JsonDecodeOptions options = new() { Timestamps = TimestampStandard.Iso8601, IgnoreParseErrors = ignoring };
        int[] wanted = narrow ? [3, 1] : [.. Enumerable.Range(0, Wide.Count)];
        JsonRowDecoder fast = new(Wide, wanted, options);
        JsonRowDecoder slow = new(Wide, wanted, options with { UseTemplates = false });
        Batch fastBatch = new(fast.Schema);
        RandomRecords records = new(random);
        for (int round = 0; round < 300; round++)
        {
            byte[][] batch = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => records.Record())
                .Select(r => random.Next(8) == 0 ? records.Spoilt(r) : Encoding.UTF8.GetBytes(r))];
            string[] expected = Decoding.Rows(Decoding.Decode(slow, batch));
            string[] actual = Decoding.Rows(Decoding.Decode(fast, batch, fastBatch));
            Assert.Equal(expected, actual);
            Assert.Equal(slow.Records.ToArray(), fast.Records.ToArray());
            Assert.Equal(slow.Bad, fast.Bad);
        }

        Assert.True(fast.ParseCounts.Fast > fast.ParseCounts.Slow, $"{fast.ParseCounts}");
        Assert.Equal(0, slow.ParseCounts.Fast);
    }

    [Fact]
    public void Steady_records_are_read_by_their_template_also_when_keys_are_left_out()
    {
        JsonRowDecoder decoder = new(Wide, [0, 1, 4], JsonDecodeOptions.Default);
        string[] records =
        [
            """{"id":1,"name":"a","x":[1],"ok":true}""", """{"id":2,"name":"b","x":{},"ok":false}""",
            """{"name":"c","x":0,"ok":true}""", """{"id":4,"ok":true}""", """{"id":5}""", """{"ok":true}""",
                """{"x":1}""",
            """{"id":8,"name":null,"x":"\\","ok":null}""",
        ];
        Batch batch = Decoding.Decode(decoder, records);
        Assert.Equal(
            ["1|'a'|1", "2|'b'|0", "NULL|'c'|1", "4|NULL|1", "5|NULL|NULL", "NULL|NULL|1", "NULL|NULL|NULL",
                "8|NULL|NULL"],
            Decoding.Rows(batch));
        Assert.Equal((7L, 1L), decoder.ParseCounts);
    }

    [Fact]
    public void Long_keys_and_nested_paths_have_templates_too()
    {
        string name = new('k', 70);
        Schema schema = Decoding.Schema((name, SqlType.Int), ("user", SqlType.String), ("city", SqlType.String));
        JsonRowDecoder decoder = new(schema, new JsonDecodeOptions
        {
            Paths = ImmutableDictionary<string, ImmutableArray<string>>.Empty
                .Add("user", ["payload", "user", "id"]).Add("city", ["payload", "city"]),
        });
        string[] records = [.. Enumerable.Range(0, 4).Select(i =>
            $$$"""{ "payload": { "user": {"id": "u{{{i}}}", "z": 1}, "city": "c" }, "{{{name}}}": {{{i}}} }""")];
        Assert.Equal(["0|'u0'|'c'", "1|'u1'|'c'", "2|'u2'|'c'", "3|'u3'|'c'"],
            Decoding.Rows(Decoding.Decode(decoder, records)));
        Assert.Equal((3L, 1L), decoder.ParseCounts);
        Assert.Equal(["NULL|NULL|NULL", "NULL|NULL|'x'"], Decoding.Rows(Decoding.Decode(
            decoder, """{"payload":null}""", """{"payload":{"user":{},"city":"x"}}""")));
        Decoding.Decode(decoder, """{"payload":7}""");
        Assert.Equal("json.type", Assert.Single(decoder.Bad).Code);
    }

    [Fact]
    public void A_record_cut_off_in_front_of_another_is_not_continued_there()
    {
        JsonRowDecoder decoder =
            new(Decoding.Schema(("a", SqlType.String), ("b", SqlType.String)), JsonDecodeOptions.Default);
        byte[] buffer = Encoding.UTF8.GetBytes(
            """{"a":"x","b":"y"}{"a":"x","b":"y{"a":"1","b":"2"}{"a":"1","b":"2"}""");
        Batch batch = new(decoder.Schema);
        decoder.Decode(buffer, [0, 17, 32, 49], [17, 15, 17, 17], batch);
        Assert.Equal(["'x'|'y'", "'1'|'2'", "'1'|'2'"], Decoding.Rows(batch));
        Assert.Equal(1, Assert.Single(decoder.Bad).Record);
    }
}
