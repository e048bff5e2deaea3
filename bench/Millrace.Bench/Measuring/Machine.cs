using System.Runtime.InteropServices;

namespace Millrace.Bench.Measuring;

/// <summary>What the benchmark runs on, read when it runs.</summary>
public static partial class Machine
{
    public static void Print(TextWriter output)
    {
        string memory = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB";
        output.WriteLine($"Machine: {Environment.ProcessorCount} × {Processor()}, {memory}, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription} "
            + $"({(System.Runtime.GCSettings.IsServerGC ? "server" : "workstation")} collector). "
            + $"Load average at the start: {Load()}.");
        output.WriteLine();
    }

    /// <summary>
    /// Waits until everything written so far, by whom ever, is on the disk: what is measured next then does not wait
    /// for it.
    /// </summary>
    public static void SettleDisk() => Sync();

    [LibraryImport("libc", EntryPoint = "sync")]
    private static partial void Sync();

    private static string Processor()
    {
        string? line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
