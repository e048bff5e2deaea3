namespace Millrace.Hosting.Running;

/// <summary>
/// The clock as the log gets to know it. While nothing ran, nobody could send anything: that time is no silence, and a
/// restart must not close windows on those who are just about to send again what they could not. So after a restart the
/// clock first goes on from where it stood, and catches up at once when senders have had as long as a partition may be
/// silent.
/// </summary>
internal sealed class LogClock(long? lastReadingMs, long startedMs, long graceMs)
{
    /// <summary>The reading to journal at a time; both are ms since the epoch.</summary>
    public long Reading(long nowMs)
    {
        bool isGrace = nowMs - startedMs < graceMs;
        return isGrace && lastReadingMs is { } last ? Math.Min(nowMs, last + Math.Max(0, nowMs - startedMs)) : nowMs;
    }
}
