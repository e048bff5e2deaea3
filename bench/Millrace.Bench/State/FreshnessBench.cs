using System.Diagnostics;
using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;
using Millrace.Hosting.Running;
using Millrace.Hosting.Views;

namespace Millrace.Bench.State;

/// <summary>
/// How soon an accepted event shows in a live row, while others come in at a steady rate with fsync: every so often an
/// event of a session of its own is appended, and asked for until it is there.
/// </summary>
internal static class FreshnessBench
{
    private const double GoalMs = 15;
    private const int BeatMs = 5;
    private const int ProbeEveryMs = 10;

    public static void Run(BenchOptions options, TextWriter output) =>
        RunAsync(options, output).GetAwaiter().GetResult();

    private static async Task RunAsync(BenchOptions options, TextWriter output)
    {
        const int sessions = 100_000;
        using TempFolder folder = new();
        using SessionShop shop = await SessionShop.StartAsync(folder.Path, sessions).ConfigureAwait(false);
        await shop.FillAsync(sessions).ConfigureAwait(false);
        await output.WriteLineAsync("| events/s asked | taken | probes | accepted → visible, ms: p50 | p99 | p99.9 "
            + "| sent → visible, ms: p50 | p99 |").ConfigureAwait(false);
        await output.WriteLineAsync("|---:|---:|---:|---:|---:|---:|---:|---:|").ConfigureAwait(false);
        double p99 = 0;
        foreach (int rate in new[] { options.Rate(100_000) / 10, options.Rate(100_000) })
        {
            p99 = await RowAsync(shop, rate, options.Seconds(10), output).ConfigureAwait(false);
        }

        await output.WriteLineAsync().ConfigureAwait(false);
        string goal = $"Goal: accepted → visible at {options.Rate(100_000):N0} events/s p99 ≤ {GoalMs} ms, ";
        await output.WriteLineAsync(goal + $"measured {p99:N2}: {(p99 <= GoalMs ? "met" : "not met")}.")
            .ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
    }

    private static async Task<double> RowAsync(SessionShop shop, int rate, int seconds, TextWriter output)
    {
        // Made before: only the server's work counts.
        byte[][] bodies = [.. Enumerable.Range(0, 200).Select(_ => shop.Lines.Next(rate * BeatMs / 1000))];
        using CancellationTokenSource ending = new();
        Task<double> feed = Task.Run(() => FeedAsync(shop, bodies, rate, ending.Token));
        await ProbeAsync(shop, 1).ConfigureAwait(false);
        List<(double Accepted, double Sent)> found = await ProbeAsync(shop, seconds).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        double taken = await feed.ConfigureAwait(false);
        double[] accepted = [.. found.Select(f => f.Accepted).Order()];
        double[] sent = [.. found.Select(f => f.Sent).Order()];
        double At(double[] sorted, double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];
        await output.WriteLineAsync($"| {rate:N0} | {taken:N0} | {found.Count:N0} | {At(accepted, 0.5):N2} "
            + $"| {At(accepted, 0.99):N2} | {At(accepted, 0.999):N2} | {At(sent, 0.5):N2} | {At(sent, 0.99):N2} |")
            .ConfigureAwait(false);
        return At(accepted, 0.99);
    }

    private static async Task<double> FeedAsync(SessionShop shop, byte[][] bodies, int rate, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        int perBody = rate * BeatMs / 1000;
        long sent = 0;
        for (int i = 0; !cancel.IsCancellationRequested; i++, sent += perBody)
        {
            double early = ((double)sent / rate) - Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (early > 0.001)
            {
                await Task.Delay(TimeSpan.FromSeconds(early), CancellationToken.None).ConfigureAwait(false);
            }

            await shop.Runtime.AppendAsync("clickstream", bodies[i % bodies.Length]).ConfigureAwait(false);
        }

        return sent / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<List<(double Accepted, double Sent)>> ProbeAsync(SessionShop shop, int seconds)
    {
        List<(double, double)> found = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            int number = Interlocked.Increment(ref probes);
            byte[] body = shop.Lines.Probe(number);
            ViewQuery query = new() { Key = SessionLines.ProbeSession(number), Parts = ViewParts.LiveOnly, Limit = 1 };
            long sent = Stopwatch.GetTimestamp();
            AppendResult result = await shop.Runtime.AppendAsync("clickstream", body).ConfigureAwait(false);
            long accepted = Stopwatch.GetTimestamp();
            if (result.Outcome != AppendOutcome.Committed)
            {
                throw new InvalidOperationException($"a probe was not taken: {result.Outcome}");
            }

            while ((await shop.Runtime.QueryAsync("user_sessions", query).ConfigureAwait(false)).Rows.Count == 0)
            {
            }

            double sinceAccepted = Stopwatch.GetElapsedTime(accepted).TotalMilliseconds;
            found.Add((sinceAccepted, Stopwatch.GetElapsedTime(sent).TotalMilliseconds));
            await Task.Delay(ProbeEveryMs).ConfigureAwait(false);
        }

        return found;
    }

    private static int probes;
}
