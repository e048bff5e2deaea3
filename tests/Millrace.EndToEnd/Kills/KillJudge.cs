using System.Globalization;
using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd.Kills;

/// <summary>Compares what the topics hold with what the clients know and with an undisturbed run.</summary>
internal sealed class KillJudge(
    TempFolder folder, string project, string data, SentEvents sent, KillFigures figures)
{
    private static readonly (string Model, string Topic, string? WindowEnd)[] Models =
    [
        ("events_clean", "ecom.events-clean.v1", null),
        ("events_enriched", "ecom.events-enriched.v1", null),
        ("user_sessions", "ecom.user-sessions.v1", "session_end"),
        ("product_popularity", "ecom.product-popularity.v1", "window_end"),
    ];

    /// <param name="closedMs">Windows that end up to this time are closed.</param>
    public async Task JudgeAsync(long closedMs)
    {
        var topics = await ExportedTopic.ReadAsync(project, data);
        IReadOnlyList<ExportedRecord> events = topics["ecom.clickstream.v1"];
        EveryEventStored(events);
        EveryEventOnce(events, topics["ecom.events-clean.v1"]);
        await RunUndisturbedAsync(events);
        List<string> problems = [];
        foreach ((string model, string topic, string? windowEnd) in Models)
        {
            Assert.Empty(topics[model + "$late"]);
            IEnumerable<JsonNode> rows = File.ReadLines(folder[$"out/{model}.ndjson"]).Select(l => JsonNode.Parse(l)!)
                .Where(r => windowEnd is null || Time(r[windowEnd]!) <= closedMs);
            Compare(model, rows, topics[topic].Select(r => JsonNode.Parse(r.Value!)!), problems);
        }

        Assert.True(problems.Count == 0, $"{problems.Count} differences:\n{string.Join('\n', problems.Take(20))}");
    }

    private static long Time(JsonNode text) => new DateTimeOffset(
        DateTime.Parse((string)text!, CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeMilliseconds();

    // Whatever was sent twice, the models see once.
    private static void EveryEventOnce(IReadOnlyList<ExportedRecord> events, IReadOnlyList<ExportedRecord> clean)
    {
        IEnumerable<string?> wanted = events.Select(r => JsonNode.Parse(r.Value!)!)
            .Where(e => (string?)e["event_type"] != "nonsense").Select(e => (string?)e["event_id"]).Distinct();
        Assert.Equal(wanted.Order(), clean.Select(r => (string?)JsonNode.Parse(r.Value!)!["event_id"]).Order());
    }

    private void EveryEventStored(IReadOnlyList<ExportedRecord> events)
    {
        List<string> stored = [.. events.Select(r => (string)JsonNode.Parse(r.Value!)!["event_id"]!)];
        figures.Sent = sent.Sent.Count;
        figures.Acknowledged = sent.Acknowledged.Count;
        figures.Stored = stored.Count;
        figures.Repeated = sent.Repeated.Count;
        Assert.Empty(stored.CountBy(id => id).Where(c => c.Value > (sent.Repeated.Contains(c.Key) ? 2 : 1)));
        Assert.Empty(sent.Acknowledged.Except(stored));
        Assert.Empty(stored.Except(sent.Sent));
        Assert.Empty(sent.Unanswered);
    }

    private async Task RunUndisturbedAsync(IReadOnlyList<ExportedRecord> events)
    {
        IEnumerable<string> catalogue = sent.Products.Select(p =>
        {
            JsonNode row = JsonNode.Parse(p.Json)!;
            row["from"] = p.FromMs;
            return row.ToJsonString();
        });
        string products = folder.Write("products.ndjson", ShopEvent.Lines(catalogue));
        string clicks = folder.Write("events.ndjson", ShopEvent.Lines(events.Select(r => r.Value!)));
        await Verb.OkAsync("run", project, "--input", "products=" + products, "--timestamp", "products=from",
            "--input", "clickstream=" + clicks, "--out", folder["out"]);
    }

    // As multisets: rows of one partition have an order, those of a file have another.
    private void Compare(
        string model, IEnumerable<JsonNode> undisturbed, IEnumerable<JsonNode> found, List<string> problems)
    {
        Dictionary<string, int> surplus = [];
        foreach (JsonNode row in undisturbed)
        {
            string text = Canonical(row);
            surplus[text] = surplus.GetValueOrDefault(text) - 1;
            figures.Rows[model] = figures.Rows.GetValueOrDefault(model) + 1;
        }

        Assert.True(figures.Kills < 2 || surplus.Count > 0, $"no row of {model} to compare with");
        foreach (JsonNode row in found)
        {
            string text = Canonical(row);
            surplus[text] = surplus.GetValueOrDefault(text) + 1;
        }

        foreach ((string row, int count) in surplus.Where(s => s.Value != 0))
        {
            figures.Differences++;
            problems.Add($"{model}: {(count < 0 ? "missing" : "too many")}: {row}");
        }
    }

    // A MULTISET is an object whose keys have no order.
    private static string Canonical(JsonNode row)
    {
        if (row["categories_browsed"] is JsonObject counts)
        {
            row["categories_browsed"] = new JsonObject(counts.OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => KeyValuePair.Create(c.Key, c.Value?.DeepClone())));
        }

        return row.ToJsonString();
    }
}
