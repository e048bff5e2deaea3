using System.Globalization;
using Millrace.Hosting;
using Millrace.Hosting.Status;

namespace Millrace.Cli.Screens;

/// <summary>Says in one line what stopping has done.</summary>
internal static class StopScreen
{
    public static string Line(StopReport report, RuntimeStatus status)
    {
        if (!report.IsComplete)
        {
            return $"stopped: {report.Left}; nothing that was acknowledged is lost";
        }

        long position = status.Log.CommittedPosition;
        return status.Snapshots.Number is { } number && status.Snapshots.Position == position
            ? string.Create(CultureInfo.InvariantCulture,
                $"stopped: all that was accepted is processed, and snapshot {number} holds the state at {position:N0}")
            : "stopped: all that was accepted is processed";
    }
}
