using Millrace.Bench.Measuring;

namespace Millrace.Bench.Http;

/// <summary>
/// Answers over HTTP while events come in and the models run, open loop, beside a plain Kestrel endpoint under the same
/// load in the same process.
/// </summary>
internal static class LookupBench
{
    private const int IngestRate = 20_000;
    private const int RecommendationRate = 1_000;
    private const int Connections = 32;
    private const double GoalMs = 5;
    private const double RecommendationGoalMs = 7;

    public static void Run(BenchOptions options, TextWriter output) =>
        RunAsync(options, output).GetAwaiter().GetResult();

    private static async Task RunAsync(BenchOptions options, TextWriter output)
    {
        await using PlainServer plain = await PlainServer.StartAsync().ConfigureAwait(false);
        await using RunningShop shop = await RunningShop.StartAsync(IngestRate).ConfigureAwait(false);
        await shop.AddAsync(options.Events(200_000)).ConfigureAwait(false);
        using CancellationTokenSource ending = new();
        Task<double> feed = Task.Run(() => shop.FeedAsync(IngestRate, ending.Token));
        int rate = options.Rate(10_000);
        LoadTable table = new($"lookup: open loop over {Connections} connections from the same process, latency from "
            + "the time at which a request was to be sent, while events are ingested with fsync", options.Loads);
        AddLines(table, plain, shop, rate, options.Seconds(5));
        table.Run(options.Rounds(4), output);
        await ending.CancelAsync().ConfigureAwait(false);
        double ingested = await feed.ConfigureAwait(false);
        await output.WriteLineAsync($"Ingested meanwhile: {ingested:N0} events/s ({IngestRate:N0} asked).")
            .ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
        if (table.IsWhole)
        {
            await WriteGoalsAsync(table, rate, output).ConfigureAwait(false);
        }
    }

    private static async Task WriteGoalsAsync(LoadTable table, int rate, TextWriter output)
    {
        double lookup = table.Millis(1, 0.99).Median;
        double recommendation = table.Millis(4, 0.99).Median;
        string goals = $"Goals: lookup at 10,000/s p99 ≤ {GoalMs} ms, measured {lookup:N2} ms at {rate:N0}/s "
            + $"({lookup / table.Millis(0, 0.99).Median:N1} × the plain endpoint): {Met(lookup <= GoalMs)}; "
            + $"recommendations at 1,000/s p99 ≤ {RecommendationGoalMs} ms, measured {recommendation:N2} ms "
            + $"({recommendation / table.Millis(3, 0.99).Median:N1} × the plain endpoint): "
            + $"{Met(recommendation <= RecommendationGoalMs)}.";
        await output.WriteLineAsync(goals).ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
    }

    private static void AddLines(LoadTable table, PlainServer plain, RunningShop shop, int rate, int seconds)
    {
        Random random = new(1);
        string[] sessions = Pick(shop.Sessions, random);
        string[] products = Pick(shop.Products, random);
        Load fixedAnswer = new(plain.Address, Requests.Get(["/"]), Connections);
        Load Of(IEnumerable<string> paths) => new(shop.Address, Requests.Get(paths), Connections);
        Load personalization = Of(sessions.Select(s => $"/v1/exposures/personalization_api/{s}"));
        Load popularity = Of(products.Select(p => $"/v1/models/product_popularity/{p}"));
        Load recommendations = Of(
            sessions.Select(s => $"/v1/exposures/recommendation_service?session_id={s}&limit=10"));
        table.Add($"plain Kestrel, 500 bytes, at {rate:N0}/s", () => fixedAnswer.Open(rate, seconds));
        table.Add(
            $"exposures/personalization_api/{{session}} at {rate:N0}/s", () => personalization.Open(rate, seconds));
        table.Add($"models/product_popularity/{{product}} at {rate:N0}/s", () => popularity.Open(rate, seconds));
        table.Add(
            $"plain Kestrel, 500 bytes, at {RecommendationRate:N0}/s",
            () => fixedAnswer.Open(RecommendationRate, seconds));
        table.Add(
            $"exposures/recommendation_service at {RecommendationRate:N0}/s",
            () => recommendations.Open(RecommendationRate, seconds));
    }

    private static string[] Pick(List<string> keys, Random random) =>
        [.. Enumerable.Range(0, 50_000).Select(_ => keys[random.Next(keys.Count)])];

    private static string Met(bool isMet) => isMet ? "met" : "not met";
}
