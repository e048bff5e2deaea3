using System.Globalization;
using System.Text.Json;

namespace Millrace.Oracle.Inputs;

/// <summary>
/// The two real shops beside the checkout, as their README maps them onto the seed's events: the catalogue first,
/// from time 0 on; then the events in file order.
/// </summary>
internal static class ShopFiles
{
    public static string? Folder(string name)
    {
        string shared = Environment.GetEnvironmentVariable("MILLRACE_SHARED")
            ?? Path.Combine(SeedProject.Root, "..", "shared");
        string folder = Path.Combine(shared, "data", name);
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>A shop's views, carts and purchases with their times.</summary>
    public static List<InputRecord> Rees46(string folder)
    {
        string[][] rows = Rows(Path.Combine(folder, "2019-Oct.csv"), ',');
        IEnumerable<object> products = rows.DistinctBy(r => r[2]).Select(r => new
        {
            product_id = r[2], name = $"{Or(r[5], "unbranded")} {r[2]}", category = Null(r[4].Split('.')[0]),
            subcategory = Null(string.Join('.', r[4].Split('.').Skip(1))),
            price = decimal.Parse(r[6], CultureInfo.InvariantCulture), brand = Null(r[5]),
        });
        IEnumerable<object> events = rows.Select((r, n) => new
        {
            event_id = $"e{n + 1}", session_id = Null(r[8]), user_id = Null(r[7]), event_type = Type(r[1]),
            page_url = $"/p/{r[2]}", product_id = r[2],
            timestamp = r[0].Replace(" UTC", "Z", StringComparison.Ordinal).Replace(' ', 'T'),
        });
        return [.. Records(true, products), .. Records(false, events)];
    }

    /// <summary>A clothing shop's clicks; it knows the day and the order within a session, a second each.</summary>
    public static List<InputRecord> Eshop2008(string folder)
    {
        string[][] rows = Rows(Path.Combine(folder, "clickstream.csv"), ';');
        IEnumerable<object> products = rows.DistinctBy(r => r[7]).Select(r => new
        {
            product_id = r[7], name = $"model {r[7]}", category = $"category {r[6]}",
            price = decimal.Parse(r[11], CultureInfo.InvariantCulture),
        });
        IEnumerable<object> events = rows.Select((r, n) => new
        {
            event_id = $"e{n + 1}", session_id = r[5], anonymous_id = $"session {r[5]}", event_type = "page_view",
            page_url = $"/{r[6]}/{r[13]}", product_id = r[7], country = r[4],
            timestamp = new DateTime(Number(r[0]), Number(r[1]), Number(r[2]), 0, 0, 0, DateTimeKind.Utc)
                .AddSeconds(Number(r[3])).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        });
        return [.. Records(true, products), .. Records(false, events)];
    }

    private static IEnumerable<InputRecord> Records(bool isProduct, IEnumerable<object> rows) =>
        rows.Select(r => new InputRecord(isProduct, JsonSerializer.Serialize(r), 0));

    private static string[][] Rows(string path, char separator) =>
        [.. File.ReadLines(path).Skip(1).Select(l => l.Split(separator))];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? Null(string text) => text.Length == 0 ? null : text;

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;

    private static string Type(string text) => text switch
    {
        "view" => "page_view",
        "cart" => "add_to_cart",
        _ => text,
    };
}
