using System.Diagnostics;
using System.Globalization;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// Flink's turns: <c>seed/bench</c> of a cluster that runs takes the input through Kafka and the four models, as four
/// jobs that write every topic, and as one job, its best case. It has all cores to itself meanwhile.
/// </summary>
/// <param name="cluster">The cluster's folder.</param>
/// <param name="input">The folder of input.</param>
internal sealed class FlinkTurns(string cluster, string input)
{
    private readonly List<double> everyTopic = [];
    private readonly List<double> fused = [];

    /// <summary>Events per second and core of the four jobs, their times added, turn by turn.</summary>
    public IReadOnlyList<double> EveryTopic => everyTopic;

    /// <summary>Events per second and core of the one job, turn by turn.</summary>
    public IReadOnlyList<double> Fused => fused;

    /// <exception cref="InvalidOperationException">It did not say how fast it was.</exception>
    public void Take()
    {
        int cores = Environment.ProcessorCount;
        using Process bench = Process.Start(new ProcessStartInfo(
            Path.Combine(cluster, "seed", "bench"), [input, cores.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        string said = bench.StandardOutput.ReadToEnd();
        bench.WaitForExit();
        Console.Error.Write(said);
        everyTopic.Add(Rate("four jobs", said) / cores);
        fused.Add(Rate("one job", said) / cores);
    }

    // four jobs: 2000000 events in 45280 ms, 44169 events/s with parallelism 2
    private static double Rate(string what, string said)
    {
        string[] words = said.Split('\n').FirstOrDefault(line => line.StartsWith(what + ": ", StringComparison.Ordinal))
            ?.Split(' ') ?? [];
        int unit = Array.IndexOf(words, "events/s");
        return unit > 0
            ? double.Parse(words[unit - 1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"Flink's side did not say how fast its {what} ran");
    }
}
