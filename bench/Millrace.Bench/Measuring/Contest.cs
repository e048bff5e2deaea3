using System.Diagnostics;

namespace Millrace.Bench.Measuring;

/// <summary>Something that does the contest's work once and says how much was done.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Work">Does the work; returns a value that depends on it, so that nothing is left out.</param>
public sealed record Contender(string Name, Func<long> Work)
{
    /// <summary>What has to be there before each pass; not measured.</summary>
    public Action Before { get; init; } = static () => { };

    /// <summary>Cleans up after each pass; not measured.</summary>
    public Action After { get; init; } = static () => { };
}

/// <summary>What a pass took: time of the day, CPU time of the whole process, bytes allocated.</summary>
internal readonly record struct Pass(double Seconds, double CpuSeconds, long Allocated);

/// <summary>
/// Runs contenders over the same work in turn, round by round in one process, so that what else the machine does hits
/// all alike. What counts is CPU time of the process, all its threads, the collector's and the compiler's too: unlike
/// the time of day it does not grow when something else has the core.
/// </summary>
/// <param name="Title">What is measured.</param>
/// <param name="Bytes">How many bytes one pass works on.</param>
/// <param name="Items">How many records one pass works on.</param>
/// <param name="Contenders">Who does it; the first is what the others are compared with.</param>
public sealed record Contest(string Title, long Bytes, long Items, IReadOnlyList<Contender> Contenders)
{
    private List<Pass>[] passes = [];

    /// <summary>What else takes its turn in each round that counts, before the contenders.</summary>
    public Action OtherTurn { get; init; } = static () => { };

    private double Millions => Items / 1e6;

    /// <summary>Measures and prints a table. The first rounds only warm up.</summary>
    public void Run(int rounds, int warmUp, TextWriter output)
    {
        passes = [.. Contenders.Select(_ => new List<Pass>())];
        for (int round = 0; round < rounds + warmUp; round++)
        {
            if (round >= warmUp)
            {
                OtherTurn();
            }

            for (int i = 0; i < Contenders.Count; i++)
            {
                Pass pass = Measure(Contenders[i]);
                if (round >= warmUp)
                {
                    passes[i].Add(pass);
                }
            }
        }

        Print(rounds, output);
    }

    /// <summary>Records per second of CPU time, round by round.</summary>
    public IReadOnlyList<double> PerCpuSecond(int contender) =>
        [.. passes[contender].Select(p => Items / p.CpuSeconds)];

    /// <summary>Has one contender do its work once.</summary>
    internal static Pass Measure(Contender contender)
    {
        contender.Before();
        GC.Collect();
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        GC.KeepAlive(contender.Work());
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Pass pass = new(elapsed, cpuSeconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
        contender.After();
        return pass;
    }

    private void Print(int rounds, TextWriter output)
    {
        output.WriteLine($"{Title}: {Items:N0} records, {Bytes / 1e6:N1} MB, {rounds} rounds, "
            + "contenders in turn. Per second of CPU time:");
        output.WriteLine();
        output.WriteLine("| | M records/s: min | median | max | MB/s: median | CPU s per M | by the clock: M records/s "
            + "| B allocated per record | ratio |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        double first = Spread.Of(PerCpuSecond(0)).Median;
        for (int i = 0; i < Contenders.Count; i++)
        {
            Spread rate = Spread.Of(PerCpuSecond(i));
            Spread inMillions = new(rate.Min / 1e6, rate.Median / 1e6, rate.Max / 1e6);
            double clock = Spread.Of(passes[i].Select(p => Millions / p.Seconds)).Median;
            double allocated = Spread.Of(passes[i].Select(p => (double)p.Allocated / Items)).Median;
            output.WriteLine($"| {Contenders[i].Name} | {inMillions.Cells("N2")} "
                + $"| {rate.Median * Bytes / Items / 1e6:N0} | {1 / inMillions.Median:N2} | {clock:N2} "
                + $"| {allocated:N1} | {rate.Median / first:N2} |");
        }

        output.WriteLine();
    }
}
