using System.Globalization;
using Microsoft.AspNetCore.Http;
using Millrace.Hosting;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Serving.Http;

namespace Millrace.Serving.Collecting;

/// <summary>
/// Says that no records are taken now, why, and when to come again; and counts how often, by reason. Thread-safe.
/// </summary>
internal sealed class Refusals(MillraceRuntime runtime)
{
    private static readonly string[] Names = ["busy", "memory_full", "disk_full", "unavailable"];
    private readonly long[] counts = new long[Names.Length];

    /// <summary>Requests refused since the process started, by the error's code.</summary>
    public IReadOnlyList<(string Code, long Count)> Counts =>
        [.. Names.Select((name, i) => (name, Volatile.Read(ref counts[i])))];

    public Task Write(HttpContext context, AppendOutcome outcome)
    {
        (int status, string code, string message, int retryAfter, ReachedLimit? limit) = Describe(outcome);
        Interlocked.Increment(ref counts[Array.IndexOf(Names, code)]);
        return ErrorResponse.Write(context, status, code, message, retryAfter, limit);
    }

    private (int Status, string Code, string Message, int RetryAfter, ReachedLimit? Limit) Describe(
        AppendOutcome outcome)
    {
        PressureStatus pressure = runtime.Pressure;
        switch (outcome)
        {
            case AppendOutcome.QueueFull:
                QueueStatus queue = runtime.Queue;
                return (429, "busy",
                    $"{Mebibytes(queue.Bytes)} in {Count(queue.Requests)} requests wait for the disk, "
                        + $"{Mebibytes(queue.MaxBytes)} in {Count(queue.MaxRequests)} may",
                    1, new ReachedLimit("queue", queue.Bytes, queue.MaxBytes));
            case AppendOutcome.MemoryFull:
                return (503, "memory_full",
                    $"the process uses {Mebibytes(pressure.MemoryUsedBytes)} of memory, "
                        + $"{Mebibytes(pressure.MemoryLimitBytes)} is its limit; "
                        + $"records are taken again below {Mebibytes(pressure.MemoryEasedBytes)}",
                    5, new ReachedLimit("memory", pressure.MemoryUsedBytes, pressure.MemoryLimitBytes));
            case AppendOutcome.DiskFull:
                return (503, "disk_full",
                    $"the disk has {Mebibytes(pressure.DiskFreeBytes ?? 0)} free, "
                        + $"{Mebibytes(pressure.DiskReserveBytes)} is kept back; "
                        + $"records are taken again with {Mebibytes(pressure.DiskEasedBytes)} free",
                    30, new ReachedLimit("disk", pressure.DiskFreeBytes ?? 0, pressure.DiskReserveBytes));
            default:
                return (503, "unavailable", "the runtime takes no events; see /v1/status", 5, null);
        }
    }

    private static string Mebibytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,##0.##} MiB");

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
