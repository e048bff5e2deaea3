using Millrace.Bench.Measuring;

namespace Millrace.Bench.Http;

/// <summary>
/// Loads, run in turn round by round, so that what else the machine does hits all alike, each on a disk that has
/// written what the one before left behind; as a table of what the rounds gave.
/// </summary>
/// <param name="title">What they are.</param>
/// <param name="only">Which of them run, counted from 0; null for all.</param>
internal sealed class LoadTable(string title, IReadOnlyList<int>? only = null)
{
    private readonly List<(string Name, Func<LoadResult> Run, List<LoadResult> Results)> lines = [];

    /// <summary>Whether all loads run, so that all figures are there.</summary>
    public bool IsWhole => only is null;

    public void Add(string name, Func<LoadResult> run) => lines.Add((name, run, []));

    /// <summary>Runs them all so many times, after one time that does not count.</summary>
    public void Run(int rounds, TextWriter output)
    {
        for (int round = 0; round <= rounds; round++)
        {
            foreach (int line in Running)
            {
                Machine.SettleDisk();
                LoadResult result = lines[line].Run();
                if (round > 0)
                {
                    lines[line].Results.Add(result);
                }
            }
        }

        Print(rounds, output);
    }

    /// <summary>A quantile of a line's latencies over the rounds, ms.</summary>
    public Spread Millis(int line, double quantile) => Spread.Of(lines[line].Results.Select(r => r.Millis(quantile)));

    /// <summary>Answers per second of a line over the rounds.</summary>
    public Spread PerSecond(int line) => Spread.Of(lines[line].Results.Select(r => r.PerSecond));

    private IEnumerable<int> Running => only ?? Enumerable.Range(0, lines.Count);

    private void Print(int rounds, TextWriter output)
    {
        output.WriteLine($"{title}, {rounds} rounds, loads in turn:");
        output.WriteLine();
        output.WriteLine("| | answers/s: min | median | max | p50 ms: min | median | max | p99 ms: min | median | max "
            + "| p99.9 ms: median | failed |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (int i in Running)
        {
            output.WriteLine($"| {lines[i].Name} | {PerSecond(i).Cells("N0")} | {Millis(i, 0.5).Cells("N2")} "
                + $"| {Millis(i, 0.99).Cells("N2")} | {Millis(i, 0.999).Median:N2} "
                + $"| {lines[i].Results.Sum(r => r.Failures)} |");
        }

        output.WriteLine();
    }
}
