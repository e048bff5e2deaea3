using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Millrace.Bench.Http;

/// <summary>What a load gave.</summary>
/// <param name="Micros">How long each answer took, sorted, µs.</param>
/// <param name="Failures">Answers other than 200.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
internal sealed record LoadResult(double[] Micros, long Failures, double Seconds)
{
    public double PerSecond => Micros.Length / Seconds;

    /// <summary>A quantile, ms.</summary>
    public double Millis(double quantile) => Micros[(int)(quantile * (Micros.Length - 1))] / 1000;
}

/// <summary>
/// Sends requests over some connections, a thread each. Open loop: every request has its time, fixed beforehand, and
/// what it took counts from that time, so a server that stalls does not get fewer of them. Closed loop: each connection
/// sends the next as soon as it is answered.
/// </summary>
internal sealed partial class Load(Uri address, Requests requests, int connections)
{
    /// <summary>Sends at a fixed rate.</summary>
    public LoadResult Open(int perSecond, int seconds) => Run(perSecond, seconds);

    /// <summary>Sends as much as the server takes.</summary>
    public LoadResult Closed(int seconds) => Run(0, seconds);

    private LoadResult Run(int perSecond, int seconds)
    {
        List<double>[] micros = [.. Enumerable.Range(0, connections).Select(_ => new List<double>())];
        long failures = 0;
        long start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 50);
        Thread[] threads =
        [
            .. micros.Select((m, i) => new Thread(() =>
                Interlocked.Add(ref failures, RunConnection(i, start, perSecond, seconds, m)))),
        ];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new LoadResult([.. micros.SelectMany(m => m).Order()], failures, elapsed);
    }

    private long RunConnection(int index, long start, int perSecond, int seconds, List<double> micros)
    {
        using Connection connection = new(address);
        long failures = 0;
        long end = start + (seconds * Stopwatch.Frequency);
        long number = index;
        while (true)
        {
            long due = perSecond > 0 ? start + (number * Stopwatch.Frequency / perSecond) : Stopwatch.GetTimestamp();
            if (due >= end)
            {
                return failures;
            }

            WaitUntil(due);
            failures += connection.Send(requests[number]) == 200 ? 0 : 1;
            micros.Add(Stopwatch.GetElapsedTime(due).TotalMicroseconds);
            number += connections;
        }
    }

    // Thread.Sleep counts in whole milliseconds, which is as long as what is measured here.
    private static void WaitUntil(long due)
    {
        double micros = -Stopwatch.GetElapsedTime(due).TotalMicroseconds;
        if (micros > 0)
        {
            _ = Sleep((uint)Math.Min(micros, 900_000));
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint micros);
}
