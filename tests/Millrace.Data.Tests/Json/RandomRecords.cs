using System.Text;

namespace Millrace.Data.Tests.Json;

/// <summary>
/// Records as producers write them: a few key orders, keys left out, unknown ones, blanks, escapes, values that fit
/// and values that do not; and records that someone has spoilt.
/// </summary>
internal sealed class RandomRecords(Random random)
{
    private static readonly string[] Names = ["id", "name", "price", "at", "ok", "tags", "who", "no\"te", "x", "y"];

    private readonly (string[] Names, string Blank)[] orders = [.. Enumerable.Range(0, 3).Select(i =>
        (Names.OrderBy(_ => random.Next()).ToArray(), i == 0 ? " " : ""))];

    public string Record()
    {
        (string[] names, string blank) = orders[random.Next(10) < 7 ? 0 : random.Next(orders.Length)];
        bool omits = random.Next(3) == 0;
        IEnumerable<string> kept = omits ? names.Where(_ => random.Next(3) > 0) : names;
        kept = random.Next(20) == 0 ? kept.Append(names[0]) : kept;
        string body = string.Join(",", kept.Select(n => $"\"{n.Replace("\"", "\\\"")}\":{blank}{Value(n)}"));
        return random.Next(30) == 0 ? $"[{{{body}}},{{}}]" : $"{{{body}}}";
    }

    /// <summary>The record with a few bytes replaced, doubled or taken out; no control characters.</summary>
    public byte[] Spoilt(string record)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(record)];
        for (int i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, Letter());
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] = Letter();
                    break;
            }
        }

        return [.. bytes];
    }

    private byte Letter() => (byte)"\"\\{}[]:,0123456789-+.eEtfnulr aé"[random.Next(31)];

    private string Value(string name) => random.Next(12) == 0 ? "null" : random.Next(25) == 0 ? Any() : name switch
    {
        "id" => Pick($"{random.NextInt64(-5, 1 << 20)}", $"{random.NextInt64()}", "1.5", "\" 12 \"", "1e3"),
        "price" => Pick($"{random.Next(100_000) / 100m}", "0", "1e2", "12345678901234567890.5", "\"7.125\""),
        "at" => Pick(
            $"\"{new DateTime(2024, 1, 1).AddMilliseconds(random.NextInt64(1L << 36)):yyyy-MM-ddTHH:mm:ss.fffZ}\"",
            "\"2024-02-30T00:00:00Z\"", "\"2024-05-05T10:11Z\"", "\"yesterday\""),
        "ok" => Pick("true", "false", "\"TRUE\"", "0"),
        "tags" => Pick("[]", "[\"a\",\"b\\n\",null]", "[ \"\\u00e9\" ]", "{}"),
        "who" => Pick("{\"n\":\"x\",\"k\":{\"a\":1,\"a\":2}}", "{}", "{\"k\":{},\"z\":[{}]}", "{\"n\":\"\\\"\"}"),
        _ => Any(),
    };

    private string Any() => Pick(
        "\"plain\"", "\"\"", "\"a much longer text, so that it takes more than one vector of 32 bytes to its end\"",
            "\"é😀ß\"",
        "\"q\\\"b\\\\s\\/u\\u00e9\\ud83d\\ude00\"", "\"\\ud83d\"", "-0.0", "12.50", "true",
            "{\"a\":[1,{\"b\":null}]}", "[[],{}]", "null");

    private string Pick(params string[] values) => values[random.Next(values.Length)];
}
