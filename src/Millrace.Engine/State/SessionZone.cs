namespace Millrace.Engine.State;

/// <summary>
/// A time zone between instants and wall times in ms since the epoch. Back from wall time to the instant at which a
/// timer fires: a wall time that is skipped is that of the jump, one that is repeated that of the second pass. No
/// state; any thread.
/// </summary>
internal sealed class SessionZone(TimeZoneInfo zone)
{
    private static readonly long FirstMs = (long)(DateTime.MinValue - DateTime.UnixEpoch).TotalMilliseconds;
    private static readonly long LastMs = (long)(DateTime.MaxValue - DateTime.UnixEpoch).TotalMilliseconds;

    public long ToWall(long instant) => instant + OffsetAt(instant);

    public long ToTimer(long wall)
    {
        // Of all instants that show this wall time the last one; zones are at most a day from UTC.
        long late = wall - OffsetAt(wall + TimeSpan.MillisecondsPerDay);
        if (ToWall(late) == wall)
        {
            return late;
        }

        long early = wall - OffsetAt(wall - TimeSpan.MillisecondsPerDay);
        return ToWall(early) == wall ? early : Jump(Math.Min(early, late), Math.Max(early, late), wall);
    }

    // The first instant that shows a later wall time than a skipped one.
    private long Jump(long low, long high, long wall)
    {
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            (low, high) = ToWall(middle) > wall ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private long OffsetAt(long instant)
    {
        DateTime utc = DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(instant, FirstMs, LastMs));
        return zone.GetUtcOffset(utc).Ticks / TimeSpan.TicksPerMillisecond;
    }
}
