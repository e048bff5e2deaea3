using Millrace.Hosting;
using Millrace.Hosting.Status;

namespace Millrace.Cli.Running;

/// <summary>Says, while a start takes its time, why it does.</summary>
internal static class StartWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the log is replayed, or when something else ends it.</summary>
    public static async Task<Task> RunAsync(MillraceRuntime runtime, Task end, Action<string> log)
    {
        Task<Task> either = Task.WhenAny(runtime.Ready, end);
        bool isTold = false;
        while (!either.IsCompleted)
        {
            await Task.WhenAny(either, Task.Delay(Interval, CancellationToken.None)).ConfigureAwait(false);
            if (!isTold && !either.IsCompleted && runtime.Pressure is { IsEnginePaused: true } pressure)
            {
                log(Line(pressure));
                isTold = true;
            }
        }

        return await either.ConfigureAwait(false);
    }

    private static string Line(PressureStatus pressure) => FormattableString.Invariant(
        $"waiting for room: the disk has {pressure.DiskFreeBytes >> 20:N0} MiB free, ")
        + FormattableString.Invariant($"{pressure.DiskReserveBytes >> 20:N0} are kept in reserve (`--disk-reserve`)");
}
