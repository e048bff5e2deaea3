namespace Millrace.Oracle.Evaluation;

/// <summary>
/// The seed's four models, evaluated in one go over all rows: obviously right, slow, and without a line of the
/// engine's. Rows are texts; a DOUBLE that was summed up is rounded, because its last digits depend on the order of
/// addition.
/// </summary>
public sealed class SeedOracle
{
    private static readonly string[] Types =
        ["page_view", "click", "add_to_cart", "remove_from_cart", "purchase", "search"];

    private readonly List<ShopEvent> clean;
    private readonly List<EnrichedEvent> enriched;
    private readonly Dictionary<long, DateTime> watermarks;

    /// <param name="events">All events, in order of position.</param>
    /// <param name="products">All product versions, in order of position.</param>
    /// <param name="partitions">How many partitions the topic of the enriched events has.</param>
    public SeedOracle(IEnumerable<ShopEvent> events, IEnumerable<ShopProduct> products, int partitions)
    {
        clean = [.. events.Where(e => e.EventId is not null && e.SessionId is not null && Types.Contains(e.EventType))];
        ILookup<string?, ShopProduct> versions = products.ToLookup(p => p.ProductId);
        enriched = [.. clean.Select(e => new EnrichedEvent(e, Valid(versions, e)))];
        watermarks = TopicWatermarks.Before(clean, partitions, TimeSpan.FromSeconds(5));
    }

    public IEnumerable<string> EventsClean => clean.Select(e => Row(
        e.EventId, e.SessionId, e.UserId ?? e.AnonymousId, e.UserId, e.AnonymousId, e.EventType, e.PageUrl,
        e.ReferrerUrl,
        e.ProductId, e.SearchQuery, e.DeviceType, e.Browser, e.Country, e.Time));

    public IEnumerable<string> EventsEnriched => enriched.Select(e => Row(
        e.Event.EventId, e.Event.SessionId, e.User, e.Event.UserId, e.Event.EventType, e.Event.PageUrl,
        e.Event.ProductId,
        e.Event.SearchQuery, e.Event.DeviceType, e.Event.Country, e.Event.Time,
        e.Product?.Name, e.Product?.Category, e.Product?.Subcategory, e.Product?.Price, e.Product?.Brand));

    public IEnumerable<string> UserSessions
    {
        get
        {
            TimeSpan size = TimeSpan.FromMinutes(30);
            return from e in enriched
                   where IsInTime(e, size)
                   group e by (
                       e.Event.SessionId, e.User, e.Event.DeviceType, e.Event.Country, Start: Start(e, size)) into g
                   let prices = g.Where(e => e.Product?.Price is not null).Select(e => e.Product!.Price!.Value).ToList()
                   select Row(
                       g.Key.SessionId, g.Key.User, g.Key.DeviceType, g.Key.Country, g.Key.Start, g.Key.Start + size,
                       g.Count(), g.Select(e => e.Event.PageUrl).OfType<string>().Distinct().Count(),
                       Count(g, "page_view"), Count(g, "click"), Count(g, "add_to_cart"), Count(g, "purchase"),
                       Count(g, "search"),
                       Multiset(g.Select(e => e.Product?.Category).OfType<string>().Distinct()),
                       prices.Count == 0 ? null : prices.Max(),
                       prices.Count == 0 ? null : new Summed(prices.Average()));
        }
    }

    public IEnumerable<string> ProductPopularity
    {
        get
        {
            TimeSpan size = TimeSpan.FromMinutes(5);
            return from e in enriched
                   where e.Event.ProductId is not null && IsInTime(e, size)
                   group e by (e.Event.ProductId, e.Product?.Name, e.Product?.Category, Start: Start(e, size)) into g
                   let score = Count(g, "page_view") + 5 * Count(g, "add_to_cart") + 10 * Count(g, "purchase")
                   select Row(
                       g.Key.ProductId, g.Key.Name, g.Key.Category, g.Key.Start, g.Key.Start + size, g.Count(),
                       Count(g, "page_view"), Count(g, "add_to_cart"), Count(g, "purchase"),
                       g.Select(e => e.User).OfType<string>().Distinct().Count(), score);
        }
    }

    /// <summary>How many events come after their 30-minute window has closed.</summary>
    public int LateSessions => enriched.Count(e => e.Event.Time is not null && !IsInTime(e, TimeSpan.FromMinutes(30)));

    private static string Row(params object?[] values) => RowText.Of(values);

    private static string Multiset(IEnumerable<string> values) =>
        string.Join(",", values.Order(StringComparer.Ordinal).Select(v => $"{v}=1"));

    private static int Count(IEnumerable<EnrichedEvent> events, string type) =>
        events.Count(e => e.Event.EventType == type);

    /// <summary>The newest version that had arrived before the event and holds from its time or earlier; of equals the
    /// later.</summary>
    private static ShopProduct? Valid(ILookup<string?, ShopProduct> versions, ShopEvent e) =>
        versions[e.ProductId].Where(v => v.Position < e.Position && v.From <= e.Time)
            .OrderBy(v => v.From).ThenBy(v => v.Position).LastOrDefault();

    /// <summary>A row is late when the watermark before it has reached the end of its window less a
    /// millisecond.</summary>
    private bool IsInTime(EnrichedEvent e, TimeSpan size) => e.Event.Time is not null
        && watermarks[e.Event.Position] < Start(e, size) + size - TimeSpan.FromMilliseconds(1);

    private static DateTime Start(EnrichedEvent e, TimeSpan size) =>
        new(e.Event.Time!.Value.Ticks / size.Ticks * size.Ticks);
}
