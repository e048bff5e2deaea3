namespace Millrace.Hosting.Meters;

/// <summary>What the collector has seen of a source since the process started. Thread-safe.</summary>
internal sealed class SourceMeter
{
    private readonly MinuteRate rate = new();
    private long accepted;
    private long rejected;
    private long lastMs;

    public long Accepted => Volatile.Read(ref accepted);

    public long Rejected => Volatile.Read(ref rejected);

    /// <summary>When the last record was committed, or null.</summary>
    public long? LastMs => Volatile.Read(ref lastMs) is > 0 and long ms ? ms : null;

    public void Committed(int records, int bad, long nowMs)
    {
        Interlocked.Add(ref accepted, records - bad);
        Interlocked.Add(ref rejected, bad);
        Volatile.Write(ref lastMs, nowMs);
        rate.Add(nowMs, records);
    }

    public long PerMinute(long nowMs) => rate.LastMinute(nowMs);
}
