using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Xunit;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// What topics have let go must be what their settings say, and no more: retention takes the oldest records of a
/// partition, compaction those after which one of the same key came.
/// </summary>
internal sealed class LetGoJudge(
    IReadOnlyDictionary<string, IReadOnlyList<ExportedRecord>> topics, SentEvents sent, KillFigures figures)
{
    public const string Clean = "ecom.events-clean.v1";
    public const string Enriched = "ecom.events-enriched.v1";
    public const string Popularity = "ecom.product-popularity.v1";

    public void Judge()
    {
        SourceIsSuffix(topics["ecom.clickstream.v1"]);
        CleanIsSuffix();
        CatalogueHasNewest(topics["ecom.products.v1"]);
    }

    /// <summary>Which rows of an undisturbed run a model's topic may lack.</summary>
    public Func<JsonNode, bool> MayLack(string model, IReadOnlyList<JsonNode> rows)
    {
        Dictionary<string, string> newest = model != "product_popularity" ? [] : rows
            .GroupBy(r => (string)r["product_id"]!)
            .ToDictionary(g => g.Key, g => g.Max(r => (string)r["window_end"]!)!);
        return model switch
        {
            "events_clean" => static _ => true,
            "product_popularity" => r => (string)r["window_end"]! != newest[(string)r["product_id"]!],
            _ => static _ => false,
        };
    }

    private void SourceIsSuffix(IReadOnlyList<ExportedRecord> clicks)
    {
        IsUnbroken(clicks);
        figures.Gone("clickstream", clicks.Count == 0 ? 0 : (int)clicks[0].Offset);
        List<string> stored = [.. clicks.Select(r => (string)JsonNode.Parse(r.Value!)!["event_id"]!)];
        Assert.Empty(stored.Except(sent.AcknowledgedBy("clickstream").Select(e => e.Id)));
        Assert.Empty(stored.CountBy(id => id).Where(c => c.Value > (sent.Repeated.Contains(c.Key) ? 2 : 1)));
    }

    // Both have the same key and partitions, and a row in one for each of the other, which keeps all.
    private void CleanIsSuffix()
    {
        ILookup<int, ExportedRecord> enriched = topics[Enriched].ToLookup(r => r.Partition);
        foreach (IGrouping<int, ExportedRecord> clean in topics[Clean].GroupBy(r => r.Partition))
        {
            IsUnbroken([.. clean]);
            ExportedRecord[] all = [.. enriched[clean.Key]];
            Assert.Equal(Ids(all[(int)clean.First().Offset..]), Ids(clean));
        }

        static IEnumerable<string> Ids(IEnumerable<ExportedRecord> records) =>
            records.Select(r => (string)JsonNode.Parse(r.Value!)!["event_id"]!);
    }

    private void CatalogueHasNewest(IReadOnlyList<ExportedRecord> products)
    {
        Dictionary<string, string> newest =
            sent.Products.GroupBy(p => p.Id).ToDictionary(g => g.Key, g => g.Last().Json);
        Assert.Equal(
            newest.OrderBy(p => p.Key, StringComparer.Ordinal),
            products.GroupBy(r => (string)JsonNode.Parse(r.Value!)!["product_id"]!)
                .Select(g => KeyValuePair.Create(g.Key, g.Last().Value!)).OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Empty(products.Select(r => r.Value!).Except(sent.Products.Select(p => p.Json)));
        figures.Gone("products", (int)products[^1].Offset + 1 - products.Count);
    }

    private static void IsUnbroken(IReadOnlyList<ExportedRecord> records) =>
        Assert.All(records, (r, i) => Assert.Equal(records[0].Offset + i, r.Offset));
}
