using System.Globalization;
using System.Text;
using Millrace.Data;

namespace Millrace.Bench.Json;

/// <summary>
/// Events of a shop as its collector gets them: 13 fields, some NULL, now and then an escape; the same for the same
/// seed.
/// </summary>
public sealed class Clickstream
{
    public static readonly Schema Schema = new(
    [
        .. new[]
        {
            "event_id", "session_id", "user_id", "anonymous_id", "event_type", "page_url", "referrer_url", "product_id",
            "search_query", "device_type", "browser", "country",
        }.Select(n => new SchemaColumn(n, SqlType.String)),
        new SchemaColumn("timestamp", SqlType.TimestampLtz(3)),
    ]);

    private static readonly string[] Types =
        ["page_view", "page_view", "page_view", "click", "click", "add_to_cart", "purchase", "search", "scroll"];

    private static readonly string[] Queries =
        ["running shoes", "usb-c cable 2m", "café table", "4k \\\"gaming\\\" monitor", "winter jacket"];

    private static readonly string[] Referrers =
        ["https://www.google.com/", "https://m.facebook.com/", "https://shop.example.com/home"];

    public Clickstream(int count, int seed)
    {
        Random random = new(seed);
        StringBuilder text = new();
        Starts = new int[count];
        Lengths = new int[count];
        DateTime time = new(2025, 6, 1, 12, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < count; i++)
        {
            Starts[i] = text.Length;
            time = time.AddMilliseconds(random.Next(40));
            AppendEvent(text, random, time);
        }

        // Every character but é is one byte; offsets are found again on the bytes.
        Bytes = Encoding.UTF8.GetBytes(text.Append(' ', 64).ToString());
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            Starts[i] = at;
            Lengths[i] = Bytes.AsSpan(at).IndexOf((byte)'\n');
            at += Lengths[i] + 1;
        }
    }

    public byte[] Bytes { get; }

    public int[] Starts { get; }

    public int[] Lengths { get; }

    private static void AppendEvent(StringBuilder text, Random random, DateTime time)
    {
        uint session = (uint)random.Next(20_000) * 2654435761u;
        string type = Types[random.Next(Types.Length)];
        int product = random.Next(10_000);
        bool hasProduct = random.Next(10) < 7;
        string referrer = Referrers[random.Next(Referrers.Length)];
        Append(text, "{", "event_id", $"e{random.NextInt64():x16}");
        Append(text, ",", "session_id", $"s{session:x8}");
        Append(text, ",", "user_id", (session & 3) == 0 ? null : $"u{session % 500_000}");
        Append(text, ",", "anonymous_id", $"a{session ^ 0x5bd1e995:x8}");
        Append(text, ",", "event_type", type);
        Append(text, ",", "page_url", $"https://shop.example.com/{(hasProduct ? "p" : "c")}/{product}");
        Append(text, ",", "referrer_url", random.Next(5) == 0 ? null : referrer);
        Append(text, ",", "product_id", hasProduct ? $"P{product:d6}" : null);
        Append(text, ",", "search_query", type == "search" ? Queries[random.Next(Queries.Length)] : null);
        Append(text, ",", "device_type", "mobile");
        Append(text, ",", "browser", "Firefox");
        Append(text, ",", "country", "DE");
        Append(text, ",", "timestamp", time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        text.Append("}\n");
    }

    private static void Append(StringBuilder text, string before, string name, string? value) =>
        text.Append(before).Append('"').Append(name).Append("\":").Append(value is null ? "null" : $"\"{value}\"");
}
