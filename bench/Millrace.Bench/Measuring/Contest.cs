using System.Diagnostics;

namespace Millrace.Bench.Measuring;

/// <summary>Something that does the contest's work once and says how much was done.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Work">Does the work; returns a value that depends on it, so that nothing is left out.</param>
public sealed record Contender(string Name, Func<long> Work);

/// <summary>
/// Runs contenders over the same work in turn, round by round in one process, so that what else the machine does hits
/// all alike, and prints each one's median with its range and its ratio to the first.
/// </summary>
/// <param name="Title">What is measured.</param>
/// <param name="Bytes">How many bytes one pass works on.</param>
/// <param name="Items">How many records one pass works on.</param>
/// <param name="Contenders">Who does it; the first is what the others are compared with.</param>
public sealed record Contest(string Title, long Bytes, long Items, IReadOnlyList<Contender> Contenders)
{
    /// <summary>Measures and prints. The first rounds only warm up.</summary>
    public void Run(int rounds, TextWriter output)
    {
        int warmUp = Math.Max(30, rounds / 4);
        List<double>[] seconds = [.. Contenders.Select(_ => new List<double>())];
        long[] allocated = new long[Contenders.Count];
        for (int round = 0; round < rounds + warmUp; round++)
        {
            for (int i = 0; i < Contenders.Count; i++)
            {
                long bytes = GC.GetAllocatedBytesForCurrentThread();
                long start = Stopwatch.GetTimestamp();
                GC.KeepAlive(Contenders[i].Work());
                double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= warmUp)
                {
                    seconds[i].Add(elapsed);
                    allocated[i] += GC.GetAllocatedBytesForCurrentThread() - bytes;
                }
            }
        }

        output.WriteLine($"{Title}: {Items:N0} records, {Bytes / 1e6:N1} MB, {rounds} rounds");
        output.WriteLine($"  {"",-34} {"MB/s",8} {"best",8} {"M records/s",12} {"best",8} {"B/record",9} {"ratio",6}");
        double first = Median(seconds[0]);
        for (int i = 0; i < Contenders.Count; i++)
        {
            double median = Median(seconds[i]);
            double best = seconds[i].Min();
            output.WriteLine($"  {Contenders[i].Name,-34} {Bytes / 1e6 / median,8:N0} {Bytes / 1e6 / best,8:N0} "
                + $"{Items / 1e6 / median,12:N2} {Items / 1e6 / best,8:N2} "
                + $"{(double)allocated[i] / rounds / Items,9:N2} {first / median,6:N2}");
        }
    }

    private static double Median(List<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[sorted.Count / 2];
    }
}
