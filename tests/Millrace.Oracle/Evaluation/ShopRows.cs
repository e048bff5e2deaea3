using System.Globalization;
using System.Text.Json;

namespace Millrace.Oracle.Evaluation;

/// <summary>A clickstream event as the sources declare it; a field that is missing or null is null.</summary>
/// <param name="Position">Its place in the append order of all records.</param>
/// <param name="Time">Its event time; null when it has none.</param>
public sealed record ShopEvent(
    long Position,
    string? EventId,
    string? SessionId,
    string? UserId,
    string? AnonymousId,
    string? EventType,
    string? PageUrl,
    string? ReferrerUrl,
    string? ProductId,
    string? SearchQuery,
    string? DeviceType,
    string? Browser,
    string? Country,
    DateTime? Time)
{
    /// <summary>Reads a line; null when it is no such event.</summary>
    public static ShopEvent? Parse(string line, long position)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement o = json.RootElement;
            string? Text(string name) => o.TryGetProperty(name, out JsonElement v) ? v.GetString() : null;
            return new ShopEvent(
                position, Text("event_id"), Text("session_id"), Text("user_id"), Text("anonymous_id"),
                Text("event_type"),
                Text("page_url"), Text("referrer_url"), Text("product_id"), Text("search_query"), Text("device_type"),
                Text("browser"), Text("country"), Instant(Text("timestamp")));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    internal static DateTime? Instant(string? text) => text is null ? null : DateTime.Parse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}

/// <summary>A version of a product.</summary>
/// <param name="Position">Its place in the append order of all records.</param>
/// <param name="From">The time from which it holds.</param>
public sealed record ShopProduct(
    long Position,
    DateTime From,
    string? ProductId,
    string? Name,
    string? Category,
    string? Subcategory,
    double? Price,
    string? Brand)
{
    public static ShopProduct Parse(string line, long position, DateTime from)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        JsonElement o = json.RootElement;
        string? Text(string name) => o.TryGetProperty(name, out JsonElement v) ? v.GetString() : null;
        double? price = o.TryGetProperty("price", out JsonElement p)
            && p.ValueKind != JsonValueKind.Null ? p.GetDouble() : null;
        return new ShopProduct(
            position, from, Text("product_id"), Text("name"), Text("category"), Text("subcategory"), price,
            Text("brand"));
    }
}

/// <summary>An event with the product version that was valid at its time, or without.</summary>
public sealed record EnrichedEvent(ShopEvent Event, ShopProduct? Product)
{
    public string? User => Event.UserId ?? Event.AnonymousId;
}
