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
    private const double Goal = 300_000;

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
        Contest contest = new("pipeline", tokens.Bytes, log.Events,
        [
            new("Utf8JsonReader, tokens only (reference)", tokens.Run),
            new("log → engine's input", new ReadPass(log).Run),
            new("log → four models, rows dropped", new EnginePass(log).Run),
            new("log → four models → every topic and view", runtime.Run)
            {
                Before = runtime.Prepare, After = runtime.CleanUp,
            },
        ]);
        contest.Run(options.Rounds(5), warmUp: 2, output);
        double rate = contest.PerCpuSecond(3).Median;
        output.WriteLine($"Rows written per pass: {runtime.Rows}.");
        output.WriteLine();
        output.WriteLine($"Goal of the first line: at least {Goal:N0} events/s per core; measured {rate:N0}: "
            + $"{(rate >= Goal ? "met" : "not met")}. Flink 2.2.1 on such a machine, four jobs, every topic written: "
            + $"8,100 per core, so {rate / 8_100:N0} ×.");
        output.WriteLine();
    }
}
