using System.Globalization;

namespace Millrace.Engine.Tests.Streams;

/// <summary>
/// Random traffic of the small shop: events out of order, too late, without a time, without keys, not JSON; products
/// that change, come late and are deleted; clock readings with pauses in which partitions fall idle. Everything
/// follows from the seed.
/// </summary>
internal static class ShopStream
{
    private const long StartMs = 1_700_000_000_000;

    public static List<StreamItem> Create(int seed, int count)
    {
        Random random = new(seed);
        List<StreamItem> items = [];
        long now = StartMs;
        for (int i = 0; i < count; i++)
        {
            now += random.Next(0, random.Next(20) == 0 ? 8_000 : 900);
            items.Add(random.Next(100) switch
            {
                < 12 => Product(random, now),
                < 20 => Tick(random, ref now),
                < 22 => new RecordItem("clicks", "{\"event_id\":", null, random.Next(3), now),
                < 23 => new RecordItem("clicks", null, "x", random.Next(3), now),
                _ => Click(random, i, now),
            });
        }

        if (random.Next(4) > 0)
        {
            items.Add(new EndItem());
        }

        return items;
    }

    private static TickItem Tick(Random random, ref long now)
    {
        now += random.Next(4) == 0 ? random.Next(40_000) : 0;
        return new TickItem(now);
    }

    private static RecordItem Click(Random random, int i, long now)
    {
        long time = now - random.Next(random.Next(12) == 0 ? 60_000 : 6_000);
        string json = "{" + string.Join(",", new[]
        {
            Text("event_id", random.Next(25) == 0 ? null : $"e{i}"),
            Text("session_id", random.Next(30) == 0 ? null : $"s{random.Next(6)}"),
            Text("user_id", random.Next(2) == 0 ? null : $"u{random.Next(4)}"),
            Text("anonymous_id", random.Next(3) == 0 ? null : $"a\\u00e9{random.Next(3)}"),
            Text("event_type", Pick(random, "view", "view", "view", "cart", "buy", "scroll", null)),
            Text("page_url", Pick(random, "/", "/a", "/b", "/b\\u0063", null)),
            Text("product_id", Pick(random, "p1", "p2", "p3", "p4", null)),
            $"\"amount\":{Pick(random, "1", "7", "0", "null")}",
            Text("timestamp", random.Next(30) == 0 ? null : Iso(time)),
        }) + "}";
        return new RecordItem("clicks", json, null, random.Next(3), now);
    }

    private static RecordItem Product(Random random, long now)
    {
        string id = $"p{random.Next(1, 5)}";
        long from = random.Next(3) == 0 ? 0 : now - random.Next(random.Next(4) == 0 ? 90_000 : 3_000);
        long timestamp = random.Next(2) == 0 ? from : now;
        if (random.Next(6) == 0)
        {
            return new RecordItem("products", null, id, 0, timestamp);
        }

        string json = "{" + string.Join(",", new[]
        {
            Text("product_id", random.Next(20) == 0 ? null : id),
            Text("name", $"n{random.Next(100)}"),
            Text("category", Pick(random, "toys", "books", null)),
            "\"price\":" + (random.Next(1, 900) + 0.37m).ToString(CultureInfo.InvariantCulture),
            Text("valid_from", random.Next(3) == 0 ? null : Iso(from)),
        }) + "}";
        return new RecordItem("products", json, id, 0, timestamp);
    }

    private static string Iso(long ms) =>
        DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Text(string name, string? value) => $"\"{name}\":{(value is null ? "null" : $"\"{value}\"")}";

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
