using Millrace.Oracle.Evaluation;
using Millrace.Projects;
using Millrace.Simulation.Reference;

namespace Millrace.Simulation.Checks;

/// <summary>
/// Compares what is expected with the oracle, an evaluation of the example's models that shares no line with the
/// engine. It knows neither the clock nor silence: for calm runs only, which are shorter than any window of
/// repetitions.
/// </summary>
internal static class OracleCheck
{
    public static void Judge(LogHistory history, ExpectedTopics expected)
    {
        CompiledProject project = expected.Current!.Project;
        List<ShopEvent> events = [];
        List<ShopProduct> products = [];
        HashSet<string>? known = project.FindSource("clickstream")!.Dedup is null ? null : [];
        string clicks = project.FindSource("clickstream")!.Topic.Name;
        for (int position = 0; position < history.Count; position++)
        {
            LogEntry entry = history[position];
            if (entry.Topic == clicks)
            {
                ShopEvent? parsed = ShopEvent.Parse(entry.Value!, position);
                bool isRepeated = parsed?.EventId is { } id && known?.Add(id) == false;
                events.AddRange(parsed is null || isRepeated ? [] : [parsed]);
            }
            else if (!entry.IsTick)
            {
                products.Add(Product(entry, position));
            }
        }

        SeedOracle oracle = new(events, products, project.FindModel("events_enriched")!.Topic.Partitions);
        Same("events_clean", oracle.EventsClean, expected.Final("events_clean"));
        Same("events_enriched", oracle.EventsEnriched, expected.Final("events_enriched"));
        Same("user_sessions", oracle.UserSessions, Rows(expected, "user_sessions"));
        Same("product_popularity", oracle.ProductPopularity, Rows(expected, "product_popularity"));
    }

    // A deletion is a version of which nothing is known: what joins it gets NULLs.
    private static ShopProduct Product(LogEntry entry, int position)
    {
        DateTime from = DateTimeOffset.FromUnixTimeMilliseconds(entry.TimeMs).UtcDateTime;
        return entry.Value is { } line
            ? ShopProduct.Parse(line, position, from)
            : new ShopProduct(position, from, entry.Key, null, null, null, null, null);
    }

    private static IEnumerable<string> Rows(ExpectedTopics expected, string model) =>
        expected.Final(model).Concat(expected.Current!.Run.Live(model));

    private static void Same(string model, IEnumerable<string> oracle, IEnumerable<string> rows)
    {
        string[] theirs = [.. oracle.Order(StringComparer.Ordinal)];
        string[] ours =
            [.. rows.Select(r => RowText.OfJson(r, "avg_product_price")).Order(StringComparer.Ordinal)];
        if (!theirs.AsSpan().SequenceEqual(ours))
        {
            throw new SimulationFailure(
                $"{model}: {ours.Length} rows, {theirs.Length} by the oracle; only there: "
                + $"{theirs.Except(ours).FirstOrDefault()}; only here: {ours.Except(theirs).FirstOrDefault()}");
        }
    }
}
