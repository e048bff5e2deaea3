using Millrace.Data;
using Millrace.Data.Json;
using Millrace.Data.Time;
using Millrace.Plans;
using static Millrace.Engine.Tests.Support.Plan;

namespace Millrace.Engine.Tests.Support;

/// <summary>
/// A small shop: events cleaned, enriched as of the products' versions, counted per session and per product in short
/// windows, and the product windows counted again per category: every kind of operator, and windows over windows'
/// topics.
/// </summary>
internal static class ShopGraph
{
    public const long SessionMs = 30_000;
    public const long PopularityMs = 10_000;
    public const long TrendMs = 60_000;
    public const long DelayMs = 5_000;
    public const long IdleMs = 10_000;

    private static readonly SqlType Price = SqlType.Decimal(10, 2);
    private static readonly SqlType Categories = SqlType.Multiset(SqlType.String).NotNull();

    public static readonly TopicSpec Clicks = new("clicks", Columns(
        ("event_id", SqlType.String), ("session_id", SqlType.String), ("user_id", SqlType.String),
        ("anonymous_id", SqlType.String), ("event_type", SqlType.String), ("page_url", SqlType.String),
        ("product_id", SqlType.String), ("amount", SqlType.Int), ("timestamp", Instant)), 3, IsSource: true)
    {
        Watermark = new WatermarkRule(8, DelayMs),
        IdleAfterMs = IdleMs,
        CloseWhenIdle = true,
        Json = new JsonDecodeOptions { Timestamps = TimestampStandard.Lenient, IgnoreParseErrors = true },
    };

    public static readonly TopicSpec Products = new("products", Columns(
        ("product_id", SqlType.String), ("name", SqlType.String), ("category", SqlType.String), ("price", Price),
        ("valid_from", Instant)), 1, IsSource: true)
    {
        Versioning = new Versioning([0], 4),
        Json = new JsonDecodeOptions { Timestamps = TimestampStandard.Lenient, IgnoreParseErrors = true },
    };

    /// <param name="dedup">Which clicks repeat others, or null.</param>
    public static EngineGraph Create(DedupRule? dedup = null)
    {
        PlanNode clean = Clean();
        TopicSpec cleanTopic = Topic("clean", clean, 4, "session_id", "timestamp", DelayMs);
        PlanNode enriched = Enriched(cleanTopic);
        TopicSpec enrichedTopic = Topic("enriched", enriched, 4, "session_id", "timestamp", DelayMs);
        PlanNode popularity = Popularity(enrichedTopic);
        TopicSpec popularityTopic = Topic("popularity", popularity, 2, "product_id", "window_time", 0);
        (string Name, PlanNode Plan, TopicSpec Topic)[] models =
        [
            ("clean", clean, cleanTopic),
            ("enriched", enriched, enrichedTopic),
            ("popularity", popularity, popularityTopic),
        ];
        (string Name, PlanNode Plan)[] leaves =
        [
            ("sessions", Sessions(enrichedTopic)),
            ("trend", Trend(popularityTopic)),
            ("shares", Shares(cleanTopic)),
        ];
        TopicSpec[] leafTopics = [.. leaves.Select(l => Topic(l.Name, l.Plan, 3, null, null, 0))];
        ModelSpec[] leafModels = [.. leaves.Select(l => new ModelSpec(l.Name, l.Plan, l.Name))];
        return new EngineGraph(
            [Clicks with { Dedup = dedup }, Products, .. models.Select(m => m.Topic), .. leafTopics],
            [.. models.Select(m => new ModelSpec(m.Name, m.Plan, m.Name)), .. leafModels]);
    }

    private static PlanNode Clean()
    {
        PlanNode kept = Where(Scan(Clicks), n => And(
            IsNotNull(Col(n, "event_id")),
            IsNotNull(Col(n, "session_id")),
            new InListExpression(
                Col(n, "event_type"),
                [Literal.OfString("view"), Literal.OfString("cart"), Literal.OfString("buy")],
                SqlType.Boolean)));
        return Select(kept, [
            .. Plan.Columns("event_id", "session_id"),
            ("user", n => Call(ScalarFunction.Coalesce, SqlType.String, Col(n, "user_id"), Col(n, "anonymous_id"))),
            .. Plan.Columns("event_type", "page_url", "product_id", "amount", "timestamp")]);
    }

    private static PlanNode Enriched(TopicSpec clean)
    {
        PlanNode joined = AsOf(Scan(clean), Scan(Products), "product_id", "timestamp", JoinKind.Left);
        int right = clean.Schema.Count;
        return Select(joined, [
            .. Plan.Columns("event_id", "session_id", "user", "event_type", "page_url", "product_id", "timestamp"),
            ("product_name", n => new InputColumn(right + 1, "name", SqlType.String)),
            ("category", n => new InputColumn(right + 2, "category", SqlType.String)),
            ("price", n => new InputColumn(right + 3, "price", Price))]);
    }

    private static PlanNode Sessions(TopicSpec enriched)
    {
        PlanNode input = Select(Scan(enriched), [
            .. Plan.Columns("session_id", "user", "page_url", "category", "price", "timestamp"),
            ("view", n => CountIf(Col(n, "event_type"), "view")),
            ("is_buy", n => Equal(Col(n, "event_type"), "buy"))]);
        PlanNode windows = Tumble(input, SessionMs, "timestamp", ["session_id", "user"], [
            Count(),
            Aggregate(input, AggregateFunction.Count, "page_url", SqlType.BigInt.NotNull(), distinct: true),
            Aggregate(input, AggregateFunction.Sum, "view", SqlType.Int.NotNull()),
            Aggregate(input, AggregateFunction.Collect, "category", Categories, distinct: true),
            Aggregate(input, AggregateFunction.Max, "price", Price),
            Aggregate(input, AggregateFunction.Max, "page_url", SqlType.String, filter: "is_buy"),
        ], WindowProperty.Start, WindowProperty.End);
        return Select(windows, [
            .. Plan.Columns("session_id", "user", "window_start", "window_end"),
            ("events", n => Col(n, "agg0")), ("pages", n => Col(n, "agg1")), ("views", n => Col(n, "agg2")),
            ("categories", n => Col(n, "agg3")), ("max_price", n => Col(n, "agg4")),
            ("last_buy", n => Col(n, "agg5"))]);
    }

    // Sums of two thirds of the windows only, so that a filter stands above a window too.
    private static PlanNode Popularity(TopicSpec enriched)
    {
        PlanNode input = Where(Scan(enriched), n => IsNotNull(Col(n, "product_id")));
        PlanNode windows = Tumble(input, PopularityMs, "timestamp", ["product_id", "category"], [
            Count(),
            Aggregate(input, AggregateFunction.Count, "user", SqlType.BigInt.NotNull(), distinct: true),
        ], WindowProperty.End, WindowProperty.RowTime);
        Literal one = new(1L, SqlType.BigInt.NotNull());
        PlanNode having = Where(
            windows, n => Call(ScalarFunction.Greater, SqlType.Boolean.NotNull(), Col(n, "agg0"), one));
        return Select(having, [
            .. Plan.Columns("product_id", "category", "window_end", "window_time"),
            ("total", n => Col(n, "agg0")), ("users", n => Col(n, "agg1"))]);
    }

    private static PlanNode Trend(TopicSpec popularity)
    {
        PlanNode input = Scan(popularity);
        PlanNode windows = Tumble(input, TrendMs, "window_time", ["category"], [
            Aggregate(input, AggregateFunction.Sum, "total", SqlType.BigInt.NotNull()), Count(),
        ], WindowProperty.Start);
        return Select(windows, [
            .. Plan.Columns("category", "window_start"),
            ("total", n => Col(n, "agg0")), ("windows", n => Col(n, "agg1"))]);
    }

    private static PlanNode Shares(TopicSpec clean) => Select(Scan(clean), [
        .. Plan.Columns("event_id"),
        ("share", n => Call(ScalarFunction.Divide, SqlType.Int, Literal.OfInt(100), Col(n, "amount")))]);

    private static TopicSpec Topic(
        string name, PlanNode plan, int partitions, string? key, string? time, long delayMs) =>
        new(name, plan.Schema, partitions, IsSource: false)
        {
            KeyColumn = plan.Schema.IndexOf(key ?? plan.Schema.Columns[0].Name),
            Watermark = time is null ? null : new WatermarkRule(plan.Schema.IndexOf(time), delayMs),
            IdleAfterMs = IdleMs,
            CloseWhenIdle = true,
        };

    private static Schema Columns(params (string Name, SqlType Type)[] columns) =>
        new([.. columns.Select(c => new SchemaColumn(c.Name, c.Type))]);
}
