using System.Diagnostics;
using System.Globalization;
using System.Net;
using Millrace.Bench.Measuring;
using Millrace.Bench.Shop;

namespace Millrace.Bench.State;

/// <summary>
/// What the program takes before anything happens: from its start on the example, on an empty folder, until it answers
/// that it is ready; and its memory when it has then done nothing for a while.
/// </summary>
internal static class IdleBench
{
    private const double MemoryGoalMb = 150;
    private const double StartGoalSeconds = 2;

    public static void Run(BenchOptions options, TextWriter output)
    {
        string root = ExampleProject.Root;
        string program = Path.Combine(root, "src", "Millrace.Cli", "bin", "Release", "net10.0", "millrace.dll");
        List<double> seconds = [];
        List<double> megabytes = [];
        for (int round = 0; round < options.Rounds(3); round++)
        {
            using TempFolder data = new();
            long start = Stopwatch.GetTimestamp();
            string[] arguments =
                [program, "up", Path.Combine(root, "examples", "ecommerce"), "--data", data.Path, "--port", "18999"];
            ProcessStartInfo info = new("dotnet", arguments) { RedirectStandardOutput = true };
            using Process process = Process.Start(info)!;
            WaitUntilReady(process);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            Thread.Sleep(TimeSpan.FromSeconds(options.Seconds(5)));
            megabytes.Add(ResidentKilobytes(process.Id) / 1000);
            process.Kill();
            process.WaitForExit();
        }

        double ready = Spread.Of(seconds).Median;
        double memory = Spread.Of(megabytes).Median;
        output.WriteLine($"`millrace up` on the example and an empty folder, {seconds.Count} times: ready after "
            + $"{ready:N2} s (median; goal {StartGoalSeconds} s: {Met(ready <= StartGoalSeconds)}); idle it holds "
            + $"{memory:N0} MB of memory (median; goal {MemoryGoalMb} MB: {Met(memory <= MemoryGoalMb)}).");
        output.WriteLine();
    }

    private static void WaitUntilReady(Process process)
    {
        using HttpClient client = new();
        while (!process.HasExited)
        {
            try
            {
                using HttpResponseMessage answer = client.Send(
                    new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:18999/readyz"));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            Thread.Sleep(5);
        }

        throw new InvalidOperationException("millrace up ended");
    }

    private static double ResidentKilobytes(int process)
    {
        IEnumerable<string> status = File.ReadLines($"/proc/{process}/status");
        string line = status.First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static string Met(bool isMet) => isMet ? "met" : "not met";
}
