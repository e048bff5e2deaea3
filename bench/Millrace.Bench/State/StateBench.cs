using System.Diagnostics;
using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;
using Millrace.Hosting.Status;

namespace Millrace.Bench.State;

/// <summary>
/// A million open sessions: what they take in memory, and what snapshots of them cost while events come in as fast as
/// they are processed.
/// </summary>
internal static class StateBench
{
    private const double MemoryGoalMb = 300;
    private const double PauseGoalMs = 5;
    private const double DipGoal = 0.10;

    public static void Run(BenchOptions options, TextWriter output) =>
        RunAsync(options, output).GetAwaiter().GetResult();

    private static async Task RunAsync(BenchOptions options, TextWriter output)
    {
        int sessions = options.Events(1_000_000);
        using TempFolder folder = new();
        using SessionShop shop = await SessionShop.StartAsync(folder.Path, sessions).ConfigureAwait(false);
        double before = Resident();
        await shop.FillAsync(sessions).ConfigureAwait(false);
        double after = Resident();
        ModelStatus model = shop.Runtime.GetStatus().Models.Single(m => m.Name == "user_sessions");
        double views = shop.Runtime.GetStatus().Models.Sum(m => m.ViewBytes) / 1e6;
        double state = model.StateBytes / 1e6;
        await output.WriteLineAsync($"{model.OpenGroups:N0} open sessions: {state:N0} MB of state by the engine's own "
            + $"accounts, {model.StateBytes / Math.Max(1, model.OpenGroups):N0} bytes each; the process grew from "
            + $"{before:N0} to {after:N0} MB, {views:N0} MB of it rows kept readable. Goal: {MemoryGoalMb:N0} MB: "
            + $"{Met(state <= MemoryGoalMb)}.").ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
        await SnapshotsAsync(shop, options, output).ConfigureAwait(false);
    }

    private static async Task SnapshotsAsync(SessionShop shop, BenchOptions options, TextWriter output)
    {
        using CancellationTokenSource ending = new();
        Task feed = Task.Run(() => shop.FeedAsync(ending.Token));
        TimeSpan apart = TimeSpan.FromSeconds(options.Seconds(4));
        await Task.Delay(apart).ConfigureAwait(false);
        List<Taken> taken = [];
        for (int round = 0; round <= options.Rounds(5); round++)
        {
            double without = await RateAsync(shop, Task.Delay(apart)).ConfigureAwait(false);
            double with = await RateAsync(shop, shop.SnapshotAsync()).ConfigureAwait(false);
            SnapshotStatus last = shop.Runtime.GetStatus().Snapshots;
            taken.Add(new Taken(last.IsFull, last.Bytes / 1e6, last.DurationMs, last.LongestPauseMs, without, with));
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await feed.ConfigureAwait(false);
        Print(taken, output);
    }

    private static void Print(List<Taken> taken, TextWriter output)
    {
        output.WriteLine("| snapshots | how many | MB: median | ms until durable: median "
            + "| longest pause ms: max | events/s without: median | meanwhile: median | dip |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        Row("full", [.. taken.Where(t => t.IsFull)], output);
        Row("what changed", [.. taken.Where(t => !t.IsFull)], output);
        output.WriteLine();
        double pause = taken.Max(t => t.PauseMs);
        double dip = Spread.Of(taken.Select(t => t.Dip)).Median;
        output.WriteLine($"Goals: pause ≤ {PauseGoalMs} ms, measured {pause:N2} at most: "
            + $"{Met(pause <= PauseGoalMs)}; dip ≤ {DipGoal:P0}, measured {dip:P0} (median): {Met(dip <= DipGoal)}.");
        output.WriteLine();
    }

    private static void Row(string name, Taken[] taken, TextWriter output)
    {
        if (taken.Length == 0)
        {
            return;
        }

        double Median(Func<Taken, double> of) => Spread.Of(taken.Select(of)).Median;
        output.WriteLine($"| {name} | {taken.Length} | {Median(t => t.Megabytes):N1} | {Median(t => t.Ms):N0} "
            + $"| {taken.Max(t => t.PauseMs):N2} | {Median(t => t.Without):N0} | {Median(t => t.With):N0} "
            + $"| {Median(t => t.Dip):P0} |");
    }

    private static async Task<double> RateAsync(SessionShop shop, Task until)
    {
        long position = shop.Runtime.GetStatus().Engine.Position;
        long start = Stopwatch.GetTimestamp();
        await until.ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (shop.Runtime.GetStatus().Engine.Position - position) / seconds;
    }

    private static double Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Process.GetCurrentProcess().Refresh();
        return Environment.WorkingSet / 1e6;
    }

    private static string Met(bool isMet) => isMet ? "met" : "not met";

    private sealed record Taken(bool IsFull, double Megabytes, double Ms, double PauseMs, double Without, double With)
    {
        public double Dip => 1 - (With / Without);
    }
}
