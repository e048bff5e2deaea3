using System.Globalization;
using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// The same input through the example's four models, here and in a Flink on this machine (<see cref="FlinkTurns"/>), in
/// turn; <c>bench/flink</c> starts it. Per core: Flink's events per second of the day over all cores, ours per second of
/// CPU time. The ratio is that of neighbours, the median of the rounds.
/// </summary>
internal static class FlinkContest
{
    private const double EveryTopicGoal = 50;
    private const double FusedGoal = 40;

    public static void Run(BenchOptions options, TextWriter output)
    {
        if (options is not { Input: { } input, Cluster: { } cluster })
        {
            output.WriteLine("flink: skipped, it needs a cluster; bench/flink runs it.");
            return;
        }

        ShopFiles files = new(input);
        using ShopLog log = new(ExampleProject.Compile(), files);
        using RuntimePass runtime = new(log);
        JobPass topics = new(log, isFused: false);
        JobPass fused = new(log, isFused: true);
        FlinkTurns flink = new(cluster, input);
        Contest contest = new("flink, this side", files.EventBytes, log.Events,
        [
            new("a server: every topic and view written", runtime.Run)
            {
                Before = runtime.Prepare, After = runtime.CleanUp,
            },
            new("every topic written", topics.Run) { Before = topics.Prepare, After = topics.CleanUp },
            new("fused, only the windows written", fused.Run) { Before = fused.Prepare, After = fused.CleanUp },
        ])
        {
            OtherTurn = flink.Take,
        };
        contest.Run(options.Rounds(3), warmUp: 3, output);
        output.WriteLine("| the same four models over the same events | Flink, events/s per core "
            + "| Millrace, events/s per core | ratio | goal |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        Row("every topic written", flink.EveryTopic, contest.PerCpuSecond(1), EveryTopicGoal, output);
        Row("the same, and what Flink has not: readable views, a server's snapshots", flink.EveryTopic,
            contest.PerCpuSecond(0), null, output);
        Row("fused, its best case", flink.Fused, contest.PerCpuSecond(2), FusedGoal, output);
        output.WriteLine();
    }

    private static void Row(
        string name, IReadOnlyList<double> flink, IReadOnlyList<double> ours, double? goal, TextWriter output)
    {
        Spread ratio = Spread.Of(ours.Zip(flink, (mine, its) => mine / its));
        string met = goal is null ? "" : $"{goal:N0} ×: {(ratio.Median >= goal ? "met" : "not met")}";
        output.WriteLine($"| {name} | {Cell(Spread.Of(flink))} | {Cell(Spread.Of(ours))} "
            + string.Create(CultureInfo.InvariantCulture, $"| {ratio.Median:N1} × ({ratio.Min:N1}–{ratio.Max:N1}) ")
            + $"| {met} |");
    }

    private static string Cell(Spread rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{rate.Median:N0} ({rate.Min:N0}–{rate.Max:N0})");
}
