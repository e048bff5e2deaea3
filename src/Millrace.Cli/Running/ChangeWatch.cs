using Millrace.Hosting;
using Millrace.Hosting.Status;

namespace Millrace.Cli.Running;

/// <summary>Says how far a changed project is, until it runs.</summary>
internal static class ChangeWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Completes when the project that was asked for runs, or when something else ends it.</summary>
    public static async Task RunAsync(MillraceRuntime runtime, Task end, Action<string> log)
    {
        Task either = Task.WhenAny(runtime.Deployed, runtime.Faulted, end);
        while (!either.IsCompleted)
        {
            await Task.WhenAny(either, Task.Delay(Interval, CancellationToken.None)).ConfigureAwait(false);
            if (!either.IsCompleted && runtime.GetStatus().Deployment is { Rebuilding.Count: > 0 } status)
            {
                log(Line(status));
            }
        }
    }

    private static string Line(DeploymentStatus status) => FormattableString.Invariant(
        $"rebuilding {string.Join(", ", status.Rebuilding)}: {status.Records:N0} of {status.Of:N0} records");
}
