using System.Diagnostics;
using System.Globalization;

namespace Millrace.Simulation;

/// <summary>
/// <c>--seed N</c>: one run, its trace printed. <c>[--from N] --count N</c> or <c>--forever</c>: many, on all cores;
/// a seed that fails is printed with the line that replays it, and the exit code is 1.
/// </summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        if (Number(arguments, "--seed") is { } seed)
        {
            return One(seed, Array.IndexOf(arguments, "--quiet") < 0);
        }

        bool isForever = Array.IndexOf(arguments, "--forever") >= 0;
        int from = Number(arguments, "--from") ?? 0;
        int count = isForever ? int.MaxValue - from : Number(arguments, "--count") ?? 1000;
        return Many(from, count);
    }

    private static int One(int seed, bool isPrinted)
    {
        try
        {
            RunFigures figures = SimulatedRun.Of(seed, isPrinted ? Console.Out : null);
            Console.WriteLine(figures);
            return 0;
        }
        catch (SimulationFailure failure)
        {
            Console.Out.Flush();
            Console.Error.WriteLine(failure.InnerException is SimulationFailure ? failure.Message : failure.ToString());
            return 1;
        }
    }

    private static int Many(int from, int count)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Campaign campaign = new();
        ParallelOptions cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Seeds(from, count), cores, campaign.Run);
        Console.WriteLine(campaign);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{campaign.Runs / watch.Elapsed.TotalSeconds:F1} runs/s"));
        return campaign.Failures.IsEmpty ? 0 : 1;
    }

    private static IEnumerable<int> Seeds(int from, int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return from + i;
        }
    }

    private static int? Number(string[] arguments, string name)
    {
        int at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : null;
    }
}
