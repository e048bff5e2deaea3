using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;
using Millrace.Demo;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// The example's four models from JSON in the log to JSON in every topic, beside the platform's reader over the same
/// bytes, and beside itself with the later stages left out, which shows what each stage costs.
/// </summary>
internal static class PipelineContest
{
    /// <summary>What the contest's log is about.</summary>
    public static ShopOptions Shop { get; } = new()
    {
        EventsPerSecond = 250, Users = 100_000, Products = 10_000, DailyShape = false,
    };

    public static void Run(BenchOptions options, TextWriter output)
    {
        using ShopLog log = new(ExampleProject.Compile(), options.Events(1_000_000), Shop);
        TokenPass tokens = new(log);
        using RuntimePass runtime = new(log);
        JobPass fused = new(log, isFused: true);
        Contest contest = new("pipeline", tokens.Bytes, log.Events,
        [
            new("Utf8JsonReader, tokens only (reference)", tokens.Run),
            new("log → engine's input", new ReadPass(log).Run),
            new("log → four models, rows dropped", new EnginePass(log).Run),
            new("log → four models → the windows' topics (fused)", fused.Run)
            {
                Before = fused.Prepare, After = fused.CleanUp,
            },
            new("log → four models → every topic and view", runtime.Run)
            {
                Before = runtime.Prepare, After = runtime.CleanUp,
            },
        ]);
        contest.Run(options.Rounds(5), warmUp: 2, output);
        output.WriteLine($"Rows written per pass: {runtime.Rows}.");
        output.WriteLine();
        SteadyPass.Run(options.Events(1_000_000), output);
        Goal("every topic", Spread.Of(contest.PerCpuSecond(4)).Median, 50, 8_100, output);
        Goal("fused", Spread.Of(contest.PerCpuSecond(3)).Median, 40, 22_800, output);
    }

    // What Flink gave was measured beforehand, on a machine of the same kind; bench/flink measures it on this one.
    private static void Goal(string name, double rate, int times, int flink, TextWriter output)
    {
        string met = rate >= times * flink ? "met" : "not met";
        output.WriteLine($"Goal, {name}: at least {times * flink:N0} events/s per core, {times} × Flink 2.2.1's "
            + $"{flink:N0} on such a machine; measured {rate:N0}, {rate / flink:N0} ×: {met}.");
        output.WriteLine();
    }
}
