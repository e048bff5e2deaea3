using Millrace.Data.Time;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// The session's time zone (Flink's <c>table.local-time-zone</c>): between instants and wall times, both in
/// milliseconds. A wall time that a change of the clock skips moves forward by the gap; of one that occurs twice the
/// first is meant.
/// </summary>
internal sealed class SessionZone(TimeZoneInfo zone)
{
    private const long EarliestMs = -62_135_596_800_000;
    private const long LatestMs = 253_402_300_799_999;

    public static readonly SessionZone Utc = new(TimeZoneInfo.Utc);

    public bool IsUtc { get; } = zone.Equals(TimeZoneInfo.Utc) || (!zone.SupportsDaylightSavingTime
        && zone.BaseUtcOffset == TimeSpan.Zero && zone.GetAdjustmentRules().Length == 0);

    public long ToLocal(long instant) => IsUtc ? instant : instant + OffsetAt(instant);

    public long ToInstant(long local)
    {
        if (IsUtc)
        {
            return local;
        }

        // The offsets before and after any change near: in a repeated hour the former is the first pass, in a skipped
        // one it moves the time forward.
        long before = OffsetAt(local - CivilDate.MillisPerDay);
        long after = OffsetAt(local + CivilDate.MillisPerDay);
        if (before == after)
        {
            return local - OffsetAt(local - before);
        }

        long early = local - before;
        return OffsetAt(early) == before || OffsetAt(local - after) != after ? early : local - after;
    }

    private long OffsetAt(long instant)
    {
        // Years that a DateTime has; beyond, the zone's rules at the end of that range hold.
        long ms = Math.Clamp(instant, EarliestMs, LatestMs);
        DateTime utc = DateTime.UnixEpoch.AddMilliseconds(ms);
        return (long)zone.GetUtcOffset(utc).TotalMilliseconds;
    }
}
