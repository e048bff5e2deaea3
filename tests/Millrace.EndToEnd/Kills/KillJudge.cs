using System.Globalization;
using System.Text.Json.Nodes;
using Millrace.EndToEnd.Processes;
using Millrace.EndToEnd.Shop;
using Xunit;

namespace Millrace.EndToEnd.Kills;

/// <summary>
/// Compares what the topics hold with what the clients know and with an undisturbed run over the acknowledged events.
/// <see cref="LetGoJudge"/> has what topics may lack.
/// </summary>
internal sealed class KillJudge(
    TempFolder folder, string project, string data, SentEvents sent, KillFigures figures)
{
    private static readonly (string Model, string Topic, string? WindowEnd)[] Models =
    [
        ("events_clean", LetGoJudge.Clean, null),
        ("events_enriched", LetGoJudge.Enriched, null),
        ("user_sessions", "ecom.user-sessions.v1", "session_end"),
        ("product_popularity", LetGoJudge.Popularity, "window_end"),
        ("page_visits", "ecom.page-visits.v1", "window_end"),
    ];

    private readonly List<string> problems = [];

    /// <param name="closedMs">Windows that end up to this time are closed.</param>
    public async Task JudgeAsync(long closedMs)
    {
        Count();
        var topics = await ExportedTopic.ReadAsync(project, data);
        EveryEventStored(topics["ecom.visits.v1"]);
        EveryEventOnce(topics[LetGoJudge.Enriched]);
        LetGoJudge letGo = new(topics, sent, figures);
        letGo.Judge();
        await RunUndisturbedAsync();
        foreach ((string model, string topic, string? windowEnd) in Models)
        {
            Assert.Empty(topics[model + "$late"]);
            Assert.Empty(topics[model + "$bad"]);
            List<JsonNode> rows =
            [
                .. File.ReadLines(folder[$"out/{model}.ndjson"]).Select(l => JsonNode.Parse(l)!)
                    .Where(r => windowEnd is null || Time(r[windowEnd]!) <= closedMs),
            ];
            Compare(model, rows, topics[topic].Select(r => JsonNode.Parse(r.Value!)!), letGo.MayLack(model, rows));
        }

        Assert.True(problems.Count == 0, $"{problems.Count} differences:\n{string.Join('\n', problems.Take(20))}");
    }

    private static long Time(JsonNode text) => new DateTimeOffset(
        DateTime.Parse((string)text!, CultureInfo.InvariantCulture), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private void Count()
    {
        figures.Sent = sent.Sent.Count;
        figures.Acknowledged = sent.Acknowledged.Count;
        figures.Repeated = sent.Repeated.Count;
        Assert.Empty(sent.Unanswered);
    }

    // Of the source that keeps all.
    private void EveryEventStored(IReadOnlyList<ExportedRecord> visits)
    {
        List<string> stored = [.. visits.Select(r => (string)JsonNode.Parse(r.Value!)!["event_id"]!)];
        Assert.Empty(stored.CountBy(id => id).Where(c => c.Value > (sent.Repeated.Contains(c.Key) ? 2 : 1)));
        Assert.Equal(sent.AcknowledgedBy("visits").Select(e => e.Id).Order(), stored.Distinct().Order());
        figures.StoredTwice = stored.Count - stored.Distinct().Count();
    }

    // Whatever was sent twice, the models see once.
    private void EveryEventOnce(IReadOnlyList<ExportedRecord> enriched)
    {
        IEnumerable<string> wanted = sent.AcknowledgedBy("clickstream")
            .Where(e => !e.Json.Contains("\"nonsense\"", StringComparison.Ordinal)).Select(e => e.Id);
        Assert.Equal(wanted.Order(), enriched.Select(r => (string)JsonNode.Parse(r.Value!)!["event_id"]!).Order());
    }

    private async Task RunUndisturbedAsync()
    {
        IEnumerable<string> catalogue = sent.Products.Select(p =>
        {
            JsonNode row = JsonNode.Parse(p.Json)!;
            row["from"] = p.FromMs;
            return row.ToJsonString();
        });
        string products = folder.Write("products.ndjson", ShopEvent.Lines(catalogue));
        await Verb.OkAsync("run", project, "--input", "products=" + products, "--timestamp", "products=from",
            "--input", Input("clickstream"), "--input", Input("visits"), "--out", folder["out"]);
    }

    private string Input(string source)
    {
        string events = ShopEvent.Lines(sent.AcknowledgedBy(source).Select(e => e.Json));
        return $"{source}={folder.Write(source + ".ndjson", events)}";
    }

    // As multisets: rows of one partition have an order, those of a file have another.
    private void Compare(
        string model, IReadOnlyList<JsonNode> undisturbed, IEnumerable<JsonNode> found, Func<JsonNode, bool> mayLack)
    {
        Dictionary<string, int> surplus = [];
        foreach (JsonNode row in undisturbed)
        {
            string text = Canonical(row);
            surplus[text] = surplus.GetValueOrDefault(text) - 1;
        }

        figures.Rows[model] = 0;
        foreach (JsonNode row in found)
        {
            string text = Canonical(row);
            surplus[text] = surplus.GetValueOrDefault(text) + 1;
            figures.Rows[model]++;
        }

        Assert.True(figures.Kills < 14 || figures.Rows[model] > 0, $"no row of {model} to compare with");
        foreach ((string row, int count) in surplus.Where(s => s.Value != 0))
        {
            if (count < 0 && mayLack(JsonNode.Parse(row)!))
            {
                figures.Gone(model, -count);
                continue;
            }

            figures.Differences++;
            problems.Add($"{model}: {(count < 0 ? "missing" : "too many")}: {row}");
        }
    }

    // A MULTISET is an object whose keys have no order; the column that changes is there to be right, not the same.
    private static string Canonical(JsonNode row)
    {
        if (row["categories_browsed"] is JsonObject counts)
        {
            row["categories_browsed"] = new JsonObject(counts.OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => KeyValuePair.Create(c.Key, c.Value?.DeepClone())));
        }

        foreach ((string name, JsonNode? times) in row.AsObject().ToArray())
        {
            if (name.StartsWith(KillProject.FactorPrefix, StringComparison.Ordinal))
            {
                int factor = int.Parse(name[KillProject.FactorPrefix.Length..], CultureInfo.InvariantCulture);
                Assert.Equal(factor * (long)row["event_count"]!, (long)times!);
                row.AsObject().Remove(name);
            }
        }

        return row.ToJsonString();
    }
}
