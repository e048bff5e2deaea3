using System.Text;

namespace Millrace.Demo;

/// <summary>
/// The words of the shop: categories, brands, queries, devices, countries. In several scripts, for the world is.
/// </summary>
internal static class ShopVocabulary
{
    public static readonly (string Name, string[] Parts, int MinCents, int MaxCents)[] Categories =
    [
        ("electronics", ["phones", "audio", "tv"], 1_999, 149_900),
        ("apparel", ["shoes", "shirts", "jackets"], 990, 19_900),
        ("home", ["kitchen", "sofas", "light"], 490, 89_900),
        ("books", ["novels", "science", "children"], 390, 4_900),
        ("Süßes & 茶", ["tea", "sweets"], 190, 3_900),
        ("sport", ["running", "cycling", "outdoor"], 790, 129_900),
    ];

    public static readonly string?[] Brands =
        ["acme", "umbrella", "initech", "Größe M", "スター", "globex", "hooli", null];

    public static readonly string[] Adjectives = ["Classic", "Ultra", "Eco", "Mini", "Pro", "Été", "Smart", "Retro"];

    public static readonly AliasTable Devices = new([0.52, 0.40, 0.08]);

    public static readonly string[] DeviceNames = ["mobile", "desktop", "tablet"];

    public static readonly string[] Browsers = ["Chrome", "Safari", "Firefox", "Edge", "Samsung Internet"];

    public static readonly string[] Countries = ["US", "DE", "IN", "BR", "JP", "FR", "GB", "NL", "SE", "PL"];

    public static readonly AliasTable CountryWeights = AliasTable.Zipf(Countries.Length, 0.8);

    /// <summary>Queries as JSON strings, quotes included.</summary>
    public static readonly byte[][] Queries =
    [
        .. new[]
        {
            "red shoes", "laptop 13\\\"", "Grüße", "スニーカー", "C:\\\\temp", "50% off",
            "👟 running", "a/b\\tc", "naïve café",
            "bike light", "kopfhörer", "tv 55", "sofa grau", "チョコレート", "green tea",
            "t-shirt xxl", "\\u00e9t\\u00e9 robe",
        }.Select(q => Encoding.UTF8.GetBytes($"\"{q}\"")),
    ];

    /// <summary>Where visitors come from, as JSON values.</summary>
    public static readonly byte[][] Referrers =
    [
        .. new[]
        {
            "\"https://search.example/?q=shop&src=\\\"ad\\\"\"", "\"https://social.example/feed\"",
            "\"https://news.example/a/1\"",
            "\"https://mail.example/\"",
        }.Select(Encoding.UTF8.GetBytes),
    ];
}
