using Millrace.Bench.Measuring;

namespace Millrace.Bench.Http;

/// <summary>
/// Events over HTTP to the disk and through the models, beside a plain Kestrel endpoint that reads the same bodies and
/// keeps nothing.
/// </summary>
internal static class IngestBench
{
    private const int Batch = 100;
    private const int BatchConnections = 16;
    private const int SingleConnections = 64;
    private const int BatchGoal = 300_000;
    private const int SingleGoal = 20_000;
    private const double LatencyGoalMs = 10;

    public static void Run(BenchOptions options, TextWriter output) =>
        RunAsync(options, output).GetAwaiter().GetResult();

    private static async Task RunAsync(BenchOptions options, TextWriter output)
    {
        await using PlainServer plain = await PlainServer.StartAsync().ConfigureAwait(false);
        await using RunningShop shop = await RunningShop.StartAsync(100_000).ConfigureAwait(false);
        int rate = options.Rate(10_000);
        LoadTable table = new("ingest: POST of events from the same process, each answered when it is on the disk "
            + "(fsync); `then through the models` counts the time until every view shows them too", options.Loads);
        AddLines(table, plain, shop, rate, options.Seconds(5));
        table.Run(options.Rounds(4), output);
        if (table.IsWhole)
        {
            await WriteGoalsAsync(table, rate, output).ConfigureAwait(false);
        }
    }

    private static async Task WriteGoalsAsync(LoadTable table, int rate, TextWriter output)
    {
        double batches = table.PerSecond(1).Median * Batch;
        double singles = table.PerSecond(3).Median;
        double latency = table.Millis(5, 0.99).Median;
        string goals = $"Goals: batches of {Batch} through the models at {BatchGoal:N0} events/s or more, measured "
            + $"{batches:N0}: {Met(batches >= BatchGoal)}; single durable POSTs {SingleGoal:N0}/s or more, measured "
            + $"{singles:N0} ({singles / table.PerSecond(2).Median:N2} of the plain endpoint): "
            + $"{Met(singles >= SingleGoal)}; at {rate:N0}/s open loop p99 ≤ {LatencyGoalMs} ms, measured "
            + $"{latency:N2} ms: {Met(latency <= LatencyGoalMs)}.";
        await output.WriteLineAsync(goals).ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
    }

    private static void AddLines(LoadTable table, PlainServer plain, RunningShop shop, int rate, int seconds)
    {
        const string path = "/v1/sources/clickstream/events";
        Requests batches = Requests.Post(path, shop.Bodies(2_000, Batch));
        Requests singles = Requests.Post(path, shop.Bodies(50_000, 1));
        void Pair(string name, Requests requests, int connections, Func<Load, LoadResult> run)
        {
            Load reference = new(plain.Address, requests, connections);
            Load millrace = new(shop.Address, requests, connections);
            table.Add($"plain Kestrel, {name}", () => run(reference));
            table.Add($"millrace, {name}", () => ThroughTheModels(shop, run(millrace)));
        }

        Pair($"batches of {Batch}, closed loop, then through the models", batches, BatchConnections,
            load => load.Closed(seconds));
        Pair("single events, closed loop, then through the models", singles, SingleConnections,
            load => load.Closed(seconds));
        Pair($"single events, open loop at {rate:N0}/s", singles, SingleConnections, load => load.Open(rate, seconds));
    }

    private static LoadResult ThroughTheModels(RunningShop shop, LoadResult result)
    {
        long start = TimeProvider.System.GetTimestamp();
        shop.CatchUpAsync().GetAwaiter().GetResult();
        double more = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        return result with { Seconds = result.Seconds + more };
    }

    private static string Met(bool isMet) => isMet ? "met" : "not met";
}
