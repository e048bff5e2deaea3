using System.Diagnostics;
using System.Globalization;
using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;
using Millrace.Hosting;
using Millrace.Hosting.Status;

namespace Millrace.Bench.State;

/// <summary>
/// From a kill in the middle of everything to ready again: a process with a million open sessions, a minute of events
/// since its last snapshot, is killed and started anew, and that again.
/// </summary>
internal static class RecoveryBench
{
    private const double GoalMs = 2_000;

    public static void Run(BenchOptions options, TextWriter output)
    {
        using TempFolder folder = new();
        int sessions = options.Events(1_000_000);
        int rate = options.Rate(10_000);
        using (Process feeding = Start("recovery-feed", folder, "--events", Text(sessions), "--rate", Text(rate)))
        {
            feeding.StandardOutput.ReadLine();
            Thread.Sleep(50);
            feeding.Kill();
            feeding.WaitForExit();
        }

        output.WriteLine($"{sessions:N0} open sessions, {rate * 60:N0} events since the snapshot (a minute at "
            + $"{rate:N0}/s), killed with SIGKILL while more came in:");
        output.WriteLine();
        output.WriteLine("| restart | ms from the process's start to ready | of these: opening the folder | snapshot "
            + "| rows served from memory | journalled steps again | the rest of the log | records again |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        List<double> all = [];
        for (int round = 1; round <= options.Rounds(3); round++)
        {
            using Process again = Start("recovery-again", folder);
            string[] told = again.StandardOutput.ReadLine()!.Split(' ');
            again.Kill();
            again.WaitForExit();
            all.Add(double.Parse(told[0], CultureInfo.InvariantCulture));
            output.WriteLine($"| {round} | {string.Join(" | ", told)} |");
        }

        double median = Spread.Of(all).Median;
        output.WriteLine();
        string met = median <= GoalMs ? "met" : "not met";
        output.WriteLine($"Goal: {GoalMs:N0} ms, measured {median:N0} (median): {met}.");
        output.WriteLine();
    }

    /// <summary>The process that is killed: fills the folder, takes a snapshot, goes on for a minute's events, says so,
    /// and goes on.</summary>
    public static void Feed(BenchOptions options, TextWriter output) =>
        FeedAsync(options, output).GetAwaiter().GetResult();

    /// <summary>The process that starts again: says how long it took.</summary>
    public static void Again(BenchOptions options, TextWriter output)
    {
        MillraceRuntime runtime = SessionShop.Open(options.Input!);
        runtime.Ready.GetAwaiter().GetResult();
        double total = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        RestartStatus restart = runtime.GetStatus().Restart;
        output.WriteLine(string.Join(' ', new[]
        {
            total, restart.OpenMs, restart.RestoreMs, restart.RefillMs, restart.ReplayMs, restart.CatchUpMs,
            restart.Replayed + restart.CaughtUp,
        }.Select(v => v.ToString("F0", CultureInfo.InvariantCulture))));
        Console.In.ReadLine();
    }

    private static async Task FeedAsync(BenchOptions options, TextWriter output)
    {
        int sessions = options.Events(1_000_000);
        SessionShop shop = await SessionShop.StartAsync(options.Input!, sessions).ConfigureAwait(false);
        await shop.FillAsync(sessions).ConfigureAwait(false);
        await shop.SnapshotAsync().ConfigureAwait(false);
        await shop.AddAsync(options.Rate(10_000) * 60).ConfigureAwait(false);
        await output.WriteLineAsync("filled").ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
        await shop.FeedAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static Process Start(string verb, TempFolder folder, params string[] more) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(RecoveryBench).Assembly.Location, verb, "--input", folder.Path, .. more])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
