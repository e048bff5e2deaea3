using System.Globalization;
using System.Text.Json.Nodes;

namespace Millrace.EndToEnd.Shop;

/// <summary>Writes the example's records.</summary>
internal static class ShopEvent
{
    /// <summary>
    /// The time of event 0: a full half hour that the machine's clock never reaches, so that only later events close
    /// windows, never the clock.
    /// </summary>
    public static readonly DateTimeOffset Start = new(2099, 1, 1, 10, 0, 0, TimeSpan.Zero);

    public static string Json(
        string id, string session, string type, string? product = null, double second = 0,
        string device = "desktop", DateTimeOffset? start = null) => new JsonObject
        {
            ["event_id"] = id,
            ["session_id"] = session,
            ["user_id"] = null,
            ["anonymous_id"] = "a-" + session,
            ["event_type"] = type,
            ["page_url"] = "/" + (product ?? "home"),
            ["product_id"] = product,
            ["device_type"] = device,
            ["country"] = "DE",
            ["timestamp"] = Time((start ?? Start).AddSeconds(second)),
        }.ToJsonString();

    public static string Visit(string id, string page, double second) => new JsonObject
    {
        ["event_id"] = id, ["page"] = page, ["timestamp"] = Time(Start.AddSeconds(second)),
    }.ToJsonString();

    public static string Product(string id, string category, double price) => new JsonObject
    {
        ["product_id"] = id,
        ["name"] = "name of " + id,
        ["category"] = category,
        ["subcategory"] = null,
        ["price"] = price,
        ["brand"] = "brand",
    }.ToJsonString();

    private static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Array(params IEnumerable<string> records) => "[" + string.Join(',', records) + "]";

    public static string Lines(params IEnumerable<string> records) => string.Join('\n', records) + "\n";
}
