using System.Globalization;
using System.Text;

namespace Millrace.Demo;

/// <summary>The shop's products: what they are, how popular within their category, and their price now.</summary>
internal sealed class ShopCatalogue
{
    private readonly string[] heads;
    private readonly string?[] brands;
    private readonly int[] firstCents;
    private readonly int[][] byCategory;
    private readonly AliasTable[] popularity;
    private readonly bool[] isListed;
    private int listedCount;

    public ShopCatalogue(ShopOptions options)
    {
        ShopRandom random = new(options.Seed ^ 0xCA7A);
        int n = Math.Max(options.Products, 1);
        heads = new string[n];
        brands = new string?[n];
        firstCents = new int[n];
        isListed = new bool[n];
        ProductFields = new byte[n][];
        PageFields = new byte[n][];
        List<int>[] members = [.. ShopVocabulary.Categories.Select(_ => new List<int>())];
        for (int p = 0; p < n; p++)
        {
            int category = random.Below(members.Length);
            members[category].Add(p);
            Describe(p, category, ref random);
            isListed[p] = p == 0 || !random.Chance(options.UnlistedShare);
            listedCount += isListed[p] ? 1 : 0;
        }

        byCategory = [.. members.Where(m => m.Count > 0).Select(m => m.ToArray())];
        popularity = [.. byCategory.Select(m => AliasTable.Zipf(m.Length, 0.9))];
    }

    /// <summary>Categories that have products.</summary>
    public int CategoryCount => byCategory.Length;

    /// <summary>Per product its id as JSON bytes.</summary>
    public byte[][] ProductFields { get; }

    /// <summary>Per product its page as JSON bytes.</summary>
    public byte[][] PageFields { get; }

    public int Draw(int category, ref ShopRandom random) => byCategory[category][popularity[category].Draw(ref random)];

    /// <summary>The first catalogue: every listed product at its first price.</summary>
    public void WriteAll(LineBuffer output)
    {
        for (int p = 0; p < heads.Length; p++)
        {
            if (isListed[p])
            {
                Write(output, p, firstCents[p]);
            }
        }
    }

    /// <summary>A new version of one product: up to 30 % cheaper or dearer than at first.</summary>
    public void WriteChange(LineBuffer output, ref ShopRandom random)
    {
        int skip = random.Below(listedCount);
        int p = 0;
        while (!isListed[p] || skip-- > 0)
        {
            p++;
        }

        Write(output, p, Math.Max(1, (int)(firstCents[p] * (0.7 + (0.6 * random.Unit())))));
    }

    private void Describe(int p, int category, ref ShopRandom random)
    {
        (string name, string[] parts, int min, int max) = ShopVocabulary.Categories[category];
        string part = parts[random.Below(parts.Length)];
        string adjective = ShopVocabulary.Adjectives[random.Below(ShopVocabulary.Adjectives.Length)];
        brands[p] = ShopVocabulary.Brands[random.Below(ShopVocabulary.Brands.Length)];
        double share = random.Unit();
        firstCents[p] = min + (int)((max - min) * share * share);
        string id = $"P{p:D5}";
        heads[p] = $"{{\"product_id\":\"{id}\",\"name\":\"{adjective} {part} {p}\","
            + $"\"category\":\"{name}\",\"subcategory\":\"{part}\"";
        ProductFields[p] = Encoding.ASCII.GetBytes($"\"{id}\"");
        PageFields[p] = Encoding.ASCII.GetBytes($"\"/p/{id}\"");
    }

    private void Write(LineBuffer output, int p, int cents)
    {
        string price = (cents / 100m).ToString("F2", CultureInfo.InvariantCulture);
        string brand = brands[p] is { } b ? $"\"{b}\"" : "null";
        string line = $"{heads[p]},\"price\":{price},\"brand\":{brand}}}";
        output.Commit(Encoding.UTF8.GetBytes(line, output.Reserve((line.Length * 3) + 1)));
    }
}
