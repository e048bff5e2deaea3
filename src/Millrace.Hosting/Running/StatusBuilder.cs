using Millrace.Hosting.Status;

namespace Millrace.Hosting.Running;

/// <summary>Puts a status together from what the activities have counted; any thread.</summary>
internal static class StatusBuilder
{
    /// <param name="run">What runs.</param>
    /// <param name="status">The status without sources, models and engine.</param>
    public static RuntimeStatus Build(ProjectRun run, RuntimeStatus status)
    {
        EngineReading reading = run.Reading;
        return status with
        {
            Sources = [.. reading.Sources.Select((s, i) => Source(s, run.Intakes[i].Meter, status.NowMs))],
            Models =
            [
                .. reading.Models.Select((m, i) => m with { PerMinute = run.Views[i].Rate.LastMinute(status.NowMs) }),
            ],
            Engine = new EngineStatus(
                reading.Position,
                Math.Max(0, status.Log.CommittedPosition - reading.Position),
                reading.Steps,
                reading.Stepping.TotalSeconds),
        };
    }

    private static SourceStatus Source(SourceStatus source, Meters.SourceMeter meter, long nowMs) => source with
    {
        Accepted = meter.Accepted,
        Rejected = meter.Rejected,
        PerMinute = meter.PerMinute(nowMs),
        LastRecordMs = meter.LastMs,
    };
}
