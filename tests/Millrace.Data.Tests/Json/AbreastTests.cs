using System.Text;
using Millrace.Data.Json;
using Millrace.Data.Time;

namespace Millrace.Data.Tests.Json;

/// <summary>Records of one key order, long enough in a row that they are decoded side by side.</summary>
public class AbreastTests
{
    private static readonly Schema Events = Decoding.Schema(
        ("a", SqlType.String), ("n", SqlType.BigInt), ("at", SqlType.TimestampLtz(3)), ("b", SqlType.String),
        ("must", SqlType.String.NotNull()), ("a_name_longer_than_a_vector_has_bytes", SqlType.String));

    private static readonly string[] Keys =
        ["a", "skipped", "n", "at", "b", "skipped_too", "must", "a_name_longer_than_a_vector_has_bytes"];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 100)]
    [InlineData(3, 10)]
    [InlineData(4, 100)]
    public void Rows_are_those_of_records_read_one_by_one(int seed, int oneOfSoManyIsOdd)
    {
        Random random = new(seed);
        JsonDecodeOptions options = new() { Timestamps = TimestampStandard.Lenient };
        JsonRowDecoder fast = new(Events, options);
        JsonRowDecoder slow = new(Events, options with { UseTemplates = false });
        Batch batch = new(Events);
        for (int round = 0; round < 300; round++)
        {
            byte[][] records = [.. Enumerable.Range(0, random.Next(1, 150)).Select(_ => Record(random))];
            for (int i = 0; i < records.Length && oneOfSoManyIsOdd > 0; i++)
            {
                records[i] = random.Next(oneOfSoManyIsOdd) == 0 ? Odd(random, records[i]) : records[i];
            }

            string[] expected = Decoding.Rows(Decoding.Decode(slow, records));
            Assert.Equal(expected, Decoding.Rows(Decoding.Decode(fast, records, batch)));
            Assert.Equal(slow.Records.ToArray(), fast.Records.ToArray());
            Assert.Equal(slow.Bad, fast.Bad);
            Assert.Equal(slow.TimestampForms(2), fast.TimestampForms(2));
        }

        Assert.True(fast.ParseCounts.Fast > 3 * fast.ParseCounts.Slow, $"{fast.ParseCounts}");
    }

    [Fact]
    public void Records_of_another_order_get_abreast_once_they_stay()
    {
        JsonRowDecoder decoder = new(Decoding.Schema(("a", SqlType.String)), JsonDecodeOptions.Default);
        string[] one = [.. Enumerable.Repeat("""{"a":"x","z":1}""", 100)];
        string[] other = [.. Enumerable.Repeat("""{"z":1,"a":"y"}""", 100)];
        string[] rows = Decoding.Rows(Decoding.Decode(decoder, [.. one, .. other, .. one]));
        string[] expected = [.. Enumerable.Range(0, 300).Select(i => i / 100 == 1 ? "'y'" : "'x'")];
        Assert.Equal(expected, rows);
        Assert.Equal((298L, 2L), decoder.ParseCounts);
    }

    private static byte[] Record(Random random) =>
        Encoding.UTF8.GetBytes("{" + string.Join(",", Keys.Where(key => key == "must" || random.Next(30) > 0)
            .Select(key => $"\"{key}\":{Value(random, key)}")) + "}");

    private static string Value(Random random, string key) => random.Next(4) == 0 && key != "must" ? "null" : key switch
    {
        "n" => $"{random.Next(1000)}",
        "at" => $"\"2024-01-0{random.Next(1, 3)}T1{random.Next(10)}:00:00.{random.Next(1000):d3}Z\"",
        _ => $"\"{Text(random)}\"",
    };

    // Around a vector's length, with what must not be taken for the end at any place.
    private static string Text(Random random)
    {
        string text = new('x', random.Next(3) == 0 ? random.Next(70) : 26 + random.Next(12));
        for (int i = random.Next(3); i > 0 && random.Next(3) == 0; i--)
        {
            string escape = random.Next(8) switch
            {
                0 => @"\\",
                1 => @"\n",
                2 => @"\\\""",
                3 => "\\u00e9",
                4 => "é",
                _ => "\\\"",
            };
            int at = random.Next(3) == 0 ? random.Next(text.Length + 1) : Math.Max(0, text.Length - random.Next(3));
            text = at > 0 && text[at - 1] == '\\' ? text : text.Insert(at, escape);
        }

        return text;
    }

    private static byte[] Odd(Random random, byte[] record)
    {
        string text = Encoding.UTF8.GetString(record);
        int cut = random.Next(record.Length);
        return random.Next(7) switch
        {
            0 => record[..cut],
            1 => [.. record[..cut], (byte)"\"\\,}x"[random.Next(5)], .. record[cut..]],
            2 => Encoding.UTF8.GetBytes(text.Replace("\"must\":\"", "\"must\":null,\"")),
            3 => Encoding.UTF8.GetBytes(text.Replace("\"must\"", "\"misses\"")),
            4 => Encoding.UTF8.GetBytes($"[{text},{text}]"),
            5 => Encoding.UTF8.GetBytes(text.Replace("xx", @"\q")),
            _ => Encoding.UTF8.GetBytes($"{{\"z\":[1],{text[1..]}"),
        };
    }
}
