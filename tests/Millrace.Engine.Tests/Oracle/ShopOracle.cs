using System.Globalization;
using System.Text.Json;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;

namespace Millrace.Engine.Tests.Oracle;

/// <summary>
/// What <see cref="ShopGraph"/> means, record by record, with dictionaries and LINQ: each record goes through the
/// whole graph before the next one. Nothing of the engine's code is used.
/// </summary>
internal sealed class ShopOracle
{
    private readonly OracleTopic clicks = Topic(3, null, "timestamp", ShopGraph.DelayMs);
    private readonly OracleTopic clean = Topic(4, "session_id", "timestamp", ShopGraph.DelayMs);
    private readonly OracleTopic enriched = Topic(4, "session_id", "timestamp", ShopGraph.DelayMs);
    private readonly OracleTopic popularity = Topic(2, "product_id", "window_time", 0);
    private readonly OracleTopic sessions = Topic(3, "session_id", null, 0);
    private readonly OracleTopic trend = Topic(3, "category", null, 0);
    private readonly OracleTopic shares = Topic(3, "event_id", null, 0);
    private readonly OracleWindow sessionWindows;
    private readonly OracleWindow popularityWindows;
    private readonly OracleWindow trendWindows;
    private readonly List<(string Key, long Time, OracleRow? Row)> versions = [];
    private readonly List<string> badClicks = [];
    private readonly List<string> badShares = [];

    public ShopOracle()
    {
        clicks.Readers.Add(Clean);
        clean.Readers.Add(Enrich);
        clean.Readers.Add(Share);
        string[] sessionKey = ["session_id", "user"];
        sessionWindows = new(enriched, sessions, ShopGraph.SessionMs, "timestamp", sessionKey, Session);
        popularityWindows = new(
            enriched,
            popularity,
            ShopGraph.PopularityMs,
            "timestamp",
            ["product_id", "category"],
            Popularity,
            where: r => r["product_id"] is not null);
        trendWindows = new(popularity, trend, ShopGraph.TrendMs, "window_time", ["category"], Trend);
    }

    public IEnumerable<(string Name, List<string> Lines)> Lines =>
    [
        ("clean", clean.Lines), ("enriched", enriched.Lines), ("popularity", popularity.Lines),
        ("sessions", sessions.Lines), ("trend", trend.Lines), ("shares", shares.Lines),
        ("sessions$late", sessionWindows.Late), ("popularity$late", popularityWindows.Late),
        ("trend$late", trendWindows.Late),
    ];

    public int BadClicks => badClicks.Count;

    /// <summary>Rows of <c>clean</c> that a model failed on, and rows of <c>enriched</c> without a time.</summary>
    public IReadOnlyList<string> BadClean => badShares;

    public IEnumerable<string> BadEnriched => sessionWindows.Bad.Concat(popularityWindows.Bad);

    public IEnumerable<string> LiveSessions(long position) => sessionWindows.Live(position).Select(r => r.ToString());

    public void Take(StreamItem item, long position)
    {
        switch (item)
        {
            case RecordItem { Source: "products" } product:
                Version(product);
                break;
            case RecordItem click:
                Click(click, position);
                break;
            case TickItem tick:
                foreach (OracleTopic topic in new[] { clicks, clean, enriched, popularity })
                {
                    SetClock(topic, tick.ClockMs);
                }

                foreach (OracleTopic topic in new[] { clicks, clean, enriched, popularity })
                {
                    topic.Tick(tick.ClockMs, position);
                }

                break;
            case EndItem:
                foreach (OracleTopic topic in new[] { clicks, clean, enriched, popularity })
                {
                    topic.End(position);
                }

                break;
        }
    }

    // What a tick causes is as new as the tick.
    private static void SetClock(OracleTopic topic, long now) => topic.Clock = Math.Max(topic.Clock ?? now, now);

    private void Click(RecordItem item, long position)
    {
        if (item.Value is null || TryParse(item.Value) is not { } json)
        {
            badClicks.AddRange(item.Value is null ? [] : [$"{position}"]);
            return;
        }

        IEnumerable<string> names = ShopGraph.Clicks.Schema.Columns.Select(c => c.Name);
        OracleRow row = OracleRow.Of(position, [.. names.Select(n => (n, (object?)json[n]))]);
        row.Values["timestamp"] = Time(json["timestamp"]) is { } ms ? new Instant(ms) : null;
        row.Values["amount"] = json["amount"] is { } n ? int.Parse(n, CultureInfo.InvariantCulture) : null;
        clicks.Take(row, item.Partition);
    }

    private void Version(RecordItem item)
    {
        Dictionary<string, string?>? json = item.Value is null ? null : TryParse(item.Value);
        string? key = item.Value is null ? item.Key : json!["product_id"];
        if (key is not null)
        {
            (string, object?)[] columns = json is null ? [] : [.. json.Select(j => (j.Key, (object?)j.Value))];
            long time = json is not null && Time(json["valid_from"]) is { } from ? from : item.Timestamp;
            if (versions.Exists(v => v.Key == key && v.Time > time))
            {
                return;
            }

            versions.Add((key, time, json is null ? null : OracleRow.Of(0, columns)));
        }
    }

    private void Clean(OracleRow r)
    {
        if (r["event_id"] is not null && r["session_id"] is not null && r["event_type"] is "view" or "cart" or "buy")
        {
            OracleRow row = r.With(
                ("event_id", r["event_id"]),
                ("session_id", r["session_id"]),
                ("user", r["user_id"] ?? r["anonymous_id"]),
                ("event_type", r["event_type"]),
                ("page_url", r["page_url"]),
                ("product_id", r["product_id"]),
                ("amount", r["amount"]),
                ("timestamp", r["timestamp"]));
            clean.Append(row, Ms(r));
        }
    }

    // The greatest time not after the event's; of equal times the one that came last.
    private void Enrich(OracleRow r)
    {
        OracleRow? version = r["product_id"] is null || r["timestamp"] is null ? null : versions
            .Where(v => v.Key == r.Text("product_id") && v.Time <= Ms(r))
            .Reverse()
            .OrderByDescending(v => v.Time)
            .Select(v => v.Row)
            .FirstOrDefault();
        OracleRow row = r.With(
            ("event_id", r["event_id"]),
            ("session_id", r["session_id"]),
            ("user", r["user"]),
            ("event_type", r["event_type"]),
            ("page_url", r["page_url"]),
            ("product_id", r["product_id"]),
            ("timestamp", r["timestamp"]),
            ("product_name", version?["name"]),
            ("category", version?["category"]),
            ("price", version is null ? null : decimal.Parse(version.Text("price")!, CultureInfo.InvariantCulture)));
        enriched.Append(row, Ms(r));
    }

    private void Share(OracleRow r)
    {
        if (r["amount"] is 0)
        {
            badShares.Add($"{r.Position}|{r}");
        }
        else
        {
            shares.Append(r.With(("event_id", r["event_id"]), ("share", r["amount"] is int n ? 100 / n : null)), 0);
        }
    }

    private static OracleRow Session(long end, IReadOnlyList<OracleRow> rows, long position) => OracleRow.Of(
        position,
        ("session_id", rows[0]["session_id"]),
        ("user", rows[0]["user"]),
        ("window_start", new WallTime(end - ShopGraph.SessionMs)),
        ("window_end", new WallTime(end)),
        ("events", rows.Count),
        ("pages", rows.Select(r => r["page_url"]).OfType<string>().Distinct().Count()),
        ("views", rows.Count(r => r["event_type"] is "view")),
        ("categories", rows.Select(r => r["category"]).OfType<string>().Distinct()),
        ("max_price", rows.Max(r => (decimal?)r["price"])),
        ("last_buy", rows.Where(r => r["event_type"] is "buy").Select(r => r.Text("page_url")).OfType<string>()
            .Order(StringComparer.Ordinal).LastOrDefault()));

    private static OracleRow? Popularity(long end, IReadOnlyList<OracleRow> rows, long position) => rows.Count < 2
        ? null
        : OracleRow.Of(
            position,
            ("product_id", rows[0]["product_id"]),
            ("category", rows[0]["category"]),
            ("window_end", new WallTime(end)),
            ("window_time", new Instant(end - 1)),
            ("total", (long)rows.Count),
            ("users", (long)rows.Select(r => r["user"]).OfType<string>().Distinct().Count()));

    private static OracleRow Trend(long end, IReadOnlyList<OracleRow> rows, long position) => OracleRow.Of(
        position,
        ("category", rows[0]["category"]),
        ("window_start", new WallTime(end - ShopGraph.TrendMs)),
        ("total", rows.Sum(r => (long)r["total"]!)),
        ("windows", (long)rows.Count));

    private static long Ms(OracleRow row) => ((Instant?)row["timestamp"])?.Ms ?? 0;

    private static long? Time(string? text) => text is null
        ? null
        : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static Dictionary<string, string?>? TryParse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(
                p => p.Name,
                p => p.Value.ValueKind == JsonValueKind.Null ? null : p.Value.ToString(),
                StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OracleTopic Topic(int partitions, string? key, string? time, long delayMs) =>
        new(partitions, key, time, delayMs, ShopGraph.IdleMs);
}
