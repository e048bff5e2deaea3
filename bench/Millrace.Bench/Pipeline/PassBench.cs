using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// One stretch of the pipeline alone, a pass for every line on the input: what a sampling profiler looks at, and how
/// <c>bench/compare</c> has two builds take turns pass by pass. <c>--only</c> says which stretch, <c>--input</c> a
/// folder of input (<see cref="ShopFiles"/>) instead of the generated shop.
/// </summary>
internal static class PassBench
{
    public static void Run(BenchOptions options, TextWriter output)
    {
        using ShopLog log = options.Input is { } input
            ? new ShopLog(ExampleProject.Compile(), new ShopFiles(input))
            : new ShopLog(ExampleProject.Compile(), options.Events(500_000), PipelineContest.Shop);
        using RuntimePass runtime = new(log);
        EnginePass engine = new(log);
        JobPass fused = new(log, isFused: true);
        JobPass topics = new(log, isFused: false);
        Contender[] contenders =
        [
            new("log → four models, rows dropped", engine.Run),
            new("log → four models → the windows' topics", fused.Run)
            {
                Before = fused.Prepare, After = fused.CleanUp,
            },
            new("log → four models → every topic and view", runtime.Run)
            {
                Before = runtime.Prepare, After = runtime.CleanUp,
            },
            new("log → four models → every topic", topics.Run)
            {
                Before = topics.Prepare, After = topics.CleanUp,
            },
        ];
        Contender contender = contenders[Math.Clamp(options.Only, 0, contenders.Length - 1)];
        while (Console.In.ReadLine() is not null)
        {
            Pass pass = Contest.Measure(contender);
            double events = log.Events;
            output.WriteLine($"{pass.CpuSeconds / events * 1e6:N3} µs of CPU time, "
                + $"{pass.Allocated / events:N1} B allocated per event: {contender.Name}");
        }
    }
}
