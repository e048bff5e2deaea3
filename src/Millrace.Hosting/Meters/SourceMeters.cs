namespace Millrace.Hosting.Meters;

/// <summary>What the collector has seen of each source since the process started. Thread-safe.</summary>
internal sealed class SourceMeters(int sources)
{
    private readonly long[] accepted = new long[sources];
    private readonly long[] rejected = new long[sources];
    private readonly long[] lastMs = new long[sources];
    private readonly RateWindow[] rates = [.. Enumerable.Range(0, sources).Select(_ => new RateWindow())];

    public void Committed(int source, int records, int bad, long nowMs)
    {
        Interlocked.Add(ref accepted[source], records - bad);
        Interlocked.Add(ref rejected[source], bad);
        Volatile.Write(ref lastMs[source], nowMs);
        rates[source].Add(nowMs, records);
    }

    public long Accepted(int source) => Volatile.Read(ref accepted[source]);

    public long Rejected(int source) => Volatile.Read(ref rejected[source]);

    /// <summary>When the last record was committed, or null.</summary>
    public long? LastMs(int source) => Volatile.Read(ref lastMs[source]) is > 0 and long ms ? ms : null;

    public long PerMinute(int source, long nowMs) => rates[source].LastMinute(nowMs);
}
