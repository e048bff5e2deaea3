using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.State;

/// <summary>
/// Where windows lie. A TIMESTAMP row time is wall time already; a TIMESTAMP_LTZ one is first shifted to the session
/// zone's wall time, and the window fires at the instant of its wall end − 1 ms. No state; any thread.
/// </summary>
internal sealed class WindowTimes
{
    private readonly long size;
    private readonly SessionZone? zone;

    public WindowTimes(WindowSpec window, SqlType time, TimeZoneInfo sessionZone)
    {
        size = window switch
        {
            TumbleWindow tumble => tumble.SizeMs,
            _ => throw new NotSupportedException($"no operator for {window}"),
        };
        bool isInstant = time.Kind == SqlTypeKind.TimestampLtz;
        zone = isInstant && !sessionZone.HasSameRules(TimeZoneInfo.Utc) ? new SessionZone(sessionZone) : null;
    }

    /// <summary>Per row the wall end of its window; undefined where the time is NULL.</summary>
    public void AssignEnds(FixedVector<long> times, int count, long[] ends)
    {
        long[] values = times.Values;
        long start = 0;
        for (int row = 0; row < count; row++)
        {
            long time = zone is null ? values[row] : ToWall(times, row);
            if ((ulong)(time - start) >= (ulong)size)
            {
                long offset = time % size;
                start = time - (offset < 0 ? offset + size : offset);
            }

            ends[row] = start + size;
        }
    }

    public long StartOf(long end) => end - size;

    /// <summary>The instant of the window's last millisecond: it fires when the watermark gets there.</summary>
    public long LastInstant(long end) => zone is null ? end - 1 : zone.ToTimer(end - 1);

    private long ToWall(FixedVector<long> times, int row) => times.IsNull(row) ? 0 : zone!.ToWall(times.Values[row]);
}
