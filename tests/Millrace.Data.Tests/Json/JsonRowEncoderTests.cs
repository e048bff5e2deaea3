using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Text;

namespace Millrace.Data.Tests.Json;

public class JsonRowEncoderTests
{
    [Theory]
    [InlineData(MapNullKeyMode.Fail, "")]
    [InlineData(MapNullKeyMode.Drop, "{\"m\":{\"a\":1}}")]
    [InlineData(MapNullKeyMode.Literal, "{\"m\":{\"a\":1,\"nil\":2}}")]
    public void A_NULL_key_of_a_map(MapNullKeyMode mode, string expected)
    {
        Schema schema = Decoding.Schema(("m", SqlType.Map(SqlType.String, SqlType.Int)));
        Batch batch = new(schema);
        batch.Reset(1);
        ListVector map = (ListVector)batch.Columns[0];
        map.Lengths[0] = 2;
        map.ElementCount = 2;
        map.Elements.Reset(2);
        map.Values!.Reset(2);
        ((BytesVector)map.Elements).BeginAppend();
        ((BytesVector)map.Elements).Append(0, "a"u8);
        map.Elements.SetNull(1);
        ((FixedVector<int>)map.Values).Values[0] = 1;
        ((FixedVector<int>)map.Values).Values[1] = 2;
        JsonRowEncoder encoder = new(schema, new JsonEncodeOptions { MapNullKeys = mode, MapNullKeyLiteral = "nil" });
        ByteBuffer text = new();
        int[] offsets = new int[2];
        encoder.Encode(batch, 0, 1, text, offsets);
        Assert.Equal(expected, Encoding.UTF8.GetString(text.Written));
        Assert.Equal(mode == MapNullKeyMode.Fail ? [0] : [], encoder.Failed);
        Assert.Equal(text.Length, offsets[1]);
    }

    [Fact]
    public void Every_length_and_place_of_an_escape_is_written_right()
    {
        Schema schema = Decoding.Schema(("s", SqlType.String));
        JsonRowEncoder encoder = new(schema, JsonEncodeOptions.Default);
        ByteBuffer text = new();
        int[] offsets = new int[2];
        foreach (string special in new[] { "", "\"", "\\", "\n", "\u0001", "é", "\u007f", "😀" })
        {
            for (int before = 0; before < 70; before++)
            {
                byte[] value = Encoding.UTF8.GetBytes(new string('x', before) + special + "yz");
                Batch batch = new(schema);
                batch.Reset(1);
                BytesVector vector = (BytesVector)batch.Columns[0];
                vector.Data = before % 2 == 0 ? value : [.. value, .. new byte[40]];
                vector.Set(0, 0, value.Length);
                text.Clear();
                encoder.Encode(batch, 0, 1, text, offsets);
                string escaped = special switch
                {
                    "\"" or "\\" => "\\" + special,
                    "\n" => "\\n",
                    "\u0001" => "\\u0001",
                    "😀" => "\\uD83D\\uDE00",
                    _ => special,
                };
                Assert.Equal($"{{\"s\":\"{new string('x', before)}{escaped}yz\"}}",
                    Encoding.UTF8.GetString(text.Written));
            }
        }
    }

    [Fact]
    public void Record_keys_are_bare_texts()
    {
        ByteBuffer key = new();
        Batch batch = Decoding.Decode(
            new JsonRowDecoder(
                Decoding.Schema(("s", SqlType.String), ("n", SqlType.BigInt), ("d", SqlType.Date),
                    ("x", SqlType.Double)),
                JsonDecodeOptions.Default),
            """{"s":"a\"b","n":-7,"d":"2024-01-02","x":null}""");
        string[] keys = [.. batch.Columns.Select(c =>
        {
            key.Clear();
            return new RecordKey(c.Type).TryAppend(key, c, 0) ? Encoding.UTF8.GetString(key.Written) : "none";
        })];
        Assert.Equal(["a\"b", "-7", "2024-01-02", "none"], keys);
    }
}
