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
        using PageCache cache = new(folder.Path);
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

    // Phases with and without in turn; one with a snapshot is compared with those on both sides of it, because the
    // state grows and the machine is not the same from one minute to the next.
    private static async Task SnapshotsAsync(SessionShop shop, BenchOptions options, TextWriter output)
    {
        using CancellationTokenSource ending = new();
        Task feed = Task.Run(() => shop.FeedAsync(ending.Token));
        StepMeter meter = new();
        await shop.BetweenStepsAsync(() => shop.Runtime.Core.Engine.Interludes.Add(meter)).ConfigureAwait(false);
        TimeSpan apart = TimeSpan.FromSeconds(options.Seconds(4));
        await Task.Delay(apart / 2).ConfigureAwait(false);
        List<Taken> taken = [];
        Phase before = await PhaseAsync(shop, meter, Task.Delay(apart)).ConfigureAwait(false);
        for (int round = 0; round < options.Rounds(6); round++)
        {
            Phase with = await PhaseAsync(shop, meter, shop.SnapshotAsync()).ConfigureAwait(false);
            SnapshotStatus last = shop.Runtime.GetStatus().Snapshots;
            Phase after = await PhaseAsync(shop, meter, Task.Delay(apart)).ConfigureAwait(false);
            taken.Add(new Taken(last, before, with, after));
            before = after;
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await feed.ConfigureAwait(false);
        Print(taken, output);
    }

    private static void Print(List<Taken> taken, TextWriter output)
    {
        output.WriteLine("| snapshot | MB | ms until durable | longest pause ms | events/s before | meanwhile | after | dip "
            + "| a step and what follows it, ms: p99.9 without | meanwhile | longest without | meanwhile |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (Taken t in taken)
        {
            output.WriteLine($"| {(t.Snapshot.IsFull ? "full" : "what changed")} | {t.Snapshot.Bytes / 1e6:N1} "
                + $"| {t.Snapshot.DurationMs:N0} | {t.Snapshot.LongestPauseMs:N2} | {t.Before.Rate:N0} "
                + $"| {t.With.Rate:N0} | {t.After.Rate:N0} | {t.Dip:P0} | {t.Before.At(0.999):N1} "
                + $"| {t.With.At(0.999):N1} | {t.Before.At(1):N1} | {t.With.At(1):N1} |");
        }

        output.WriteLine();
        double pause = taken.Max(t => t.Snapshot.LongestPauseMs);
        double dip = Spread.Of(taken.Select(t => t.Dip)).Median;
        output.WriteLine($"Goals: pause ≤ {PauseGoalMs} ms, measured {pause:N2} at most: "
            + $"{Met(pause <= PauseGoalMs)}; dip ≤ {DipGoal:P0}, measured {dip:P0} (median): {Met(dip <= DipGoal)}.");
        output.WriteLine();
    }

    private static async Task<Phase> PhaseAsync(SessionShop shop, StepMeter meter, Task until)
    {
        await shop.BetweenStepsAsync(() => meter.Take()).ConfigureAwait(false);
        long position = shop.Runtime.GetStatus().Engine.Position;
        long start = Stopwatch.GetTimestamp();
        await until.ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double rate = (shop.Runtime.GetStatus().Engine.Position - position) / seconds;
        double[] steps = [];
        await shop.BetweenStepsAsync(() => steps = meter.Take()).ConfigureAwait(false);
        return new Phase(rate, steps);
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

    private sealed record Phase(double Rate, double[] Steps)
    {
        public double At(double quantile) => Steps[(int)(quantile * (Steps.Length - 1))];
    }

    private sealed record Taken(SnapshotStatus Snapshot, Phase Before, Phase With, Phase After)
    {
        public double Dip => 1 - (With.Rate / ((Before.Rate + After.Rate) / 2));
    }
}
