using Millrace.Hosting.Meters;
using Millrace.Projects;

namespace Millrace.Serving.Exposures;

/// <summary>
/// Measures an exposure against what it promises: how long answers took and how many failed by the server's fault.
/// Thread-safe.
/// </summary>
internal sealed class ExposureMeter(ExposureDefinition exposure)
{
    private long failed;

    public ExposureDefinition Exposure => exposure;

    public LatencyHistogram Latency { get; } = new();

    /// <summary>Answers with a status of 500 or more.</summary>
    public long Failed => Volatile.Read(ref failed);

    public void Record(TimeSpan duration, int status)
    {
        Latency.Record(duration);
        if (status >= 500)
        {
            Interlocked.Increment(ref failed);
        }
    }

    /// <summary>The share of answers that were no server's error, in percent; 100 before the first.</summary>
    public double AvailabilityPercent => Latency.Count == 0 ? 100 : 100.0 * (Latency.Count - Failed) / Latency.Count;
}
