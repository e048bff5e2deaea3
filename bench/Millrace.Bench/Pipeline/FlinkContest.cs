using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// The same input through the example's four models here, beside what Flink did with it on this machine just before:
/// <c>bench/flink</c> runs that, and says what it gave. Per core: Flink's events per second of the day over all cores,
/// which it had to itself; ours per second of CPU time.
/// </summary>
internal static class FlinkContest
{
    private const double EveryTopicGoal = 50;
    private const double FusedGoal = 40;

    public static void Run(BenchOptions options, TextWriter output)
    {
        if (options.Input is not { } input)
        {
            output.WriteLine("flink: skipped, it needs a cluster; bench/flink runs it.");
            return;
        }

        using ShopLog log = new(ExampleProject.Compile(), new ShopFiles(input));
        using RuntimePass runtime = new(log);
        JobPass topics = new(log, isFused: false);
        JobPass fused = new(log, isFused: true);
        Contest contest = new("flink, this side", 0, log.Events,
        [
            new("a server: every topic and view written", runtime.Run)
            {
                Before = runtime.Prepare, After = runtime.CleanUp,
            },
            new("every topic written", topics.Run) { Before = topics.Prepare, After = topics.CleanUp },
            new("fused, only the windows written", fused.Run) { Before = fused.Prepare, After = fused.CleanUp },
        ]);
        contest.Run(options.Rounds(3), warmUp: 3, output);
        output.WriteLine("| the same four models over the same events | Flink, events/s per core "
            + "| Millrace, events/s per core | ratio | goal |");
        output.WriteLine("|---|---:|---:|---:|---:|");
        Row("every topic written", options.FlinkFour, contest.PerCpuSecond(1), EveryTopicGoal, output);
        Row("the same, and what Flink has not: readable views, a server's snapshots", options.FlinkFour,
            contest.PerCpuSecond(0), null, output);
        Row("fused, its best case", options.FlinkOne, contest.PerCpuSecond(2), FusedGoal, output);
        output.WriteLine();
    }

    private static void Row(string name, double flink, Spread ours, double? goal, TextWriter output)
    {
        double perCore = flink / Environment.ProcessorCount;
        double ratio = ours.Median / perCore;
        string met = goal is null ? "" : $"{goal:N0} ×: {(ratio >= goal ? "met" : "not met")}";
        output.WriteLine($"| {name} | {perCore:N0} | {ours.Median:N0} | {ratio:N1} × | {met} |");
    }
}
