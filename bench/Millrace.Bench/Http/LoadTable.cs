using Millrace.Bench.Measuring;

namespace Millrace.Bench.Http;

/// <summary>
/// Loads, run in turn round by round, so that what else the machine does hits all alike; as a table of what the rounds
/// gave.
/// </summary>
internal sealed class LoadTable(string title)
{
    private readonly List<(string Name, Func<LoadResult> Run, List<LoadResult> Results)> lines = [];

    public void Add(string name, Func<LoadResult> run) => lines.Add((name, run, []));

    /// <summary>Runs them all so many times, after one time that does not count.</summary>
    public void Run(int rounds, TextWriter output)
    {
        for (int round = 0; round <= rounds; round++)
        {
            foreach ((_, Func<LoadResult> run, List<LoadResult> results) in lines)
            {
                LoadResult result = run();
                if (round > 0)
                {
                    results.Add(result);
                }
            }
        }

        Print(rounds, output);
    }

    /// <summary>A quantile of a line's latencies over the rounds, ms.</summary>
    public Spread Millis(int line, double quantile) => Spread.Of(lines[line].Results.Select(r => r.Millis(quantile)));

    /// <summary>Answers per second of a line over the rounds.</summary>
    public Spread PerSecond(int line) => Spread.Of(lines[line].Results.Select(r => r.PerSecond));

    private void Print(int rounds, TextWriter output)
    {
        output.WriteLine($"{title}, {rounds} rounds, loads in turn:");
        output.WriteLine();
        output.WriteLine("| | answers/s: min | median | max | p50 ms: min | median | max | p99 ms: min | median | max "
            + "| p99.9 ms: median | failed |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int i = 0; i < lines.Count; i++)
        {
            output.WriteLine($"| {lines[i].Name} | {PerSecond(i).Cells("N0")} | {Millis(i, 0.5).Cells("N2")} "
                + $"| {Millis(i, 0.99).Cells("N2")} | {Millis(i, 0.999).Median:N2} "
                + $"| {lines[i].Results.Sum(r => r.Failures)} |");
        }

        output.WriteLine();
    }
}
