using System.Globalization;
using Millrace.Bench.Http;
using Millrace.Bench.Json;
using Millrace.Bench.Measuring;
using Millrace.Bench.Pipeline;
using Millrace.Bench.State;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// One verb per benchmark: what it runs beside what. Add a line for a new one.
Dictionary<string, Action<BenchOptions, TextWriter>> verbs = new()
{
    ["machine"] = (_, output) => Machine.Print(output),
    ["decode"] = (options, output) => DecodeContest.Make().Run(options.Rounds(51), warmUp: 30, output),
    ["encode"] = (options, output) => EncodeContest.Make().Run(options.Rounds(51), warmUp: 30, output),
    ["pipeline"] = PipelineContest.Run,
    ["passes"] = PassBench.Run,
    ["steady"] = (options, output) => SteadyPass.Run(options.Events(1_000_000), output),
    ["flink"] = FlinkContest.Run,
    ["state"] = StateBench.Run,
    ["recovery"] = RecoveryBench.Run,
    ["recovery-feed"] = RecoveryBench.Feed,
    ["recovery-again"] = RecoveryBench.Again,
    ["freshness"] = FreshnessBench.Run,
    ["idle"] = IdleBench.Run,
    ["lookup"] = LookupBench.Run,
    ["ingest"] = IngestBench.Run,
};

if (args.Length == 0 || !verbs.TryGetValue(args[0], out Action<BenchOptions, TextWriter>? run))
{
    Console.WriteLine($"usage: Millrace.Bench <{string.Join('|', verbs.Keys)}> "
        + "[--rounds N] [--events N] [--seconds N] [--rate N]");
    return 1;
}

run(new BenchOptions(args.AsSpan(1)), Console.Out);
return 0;
