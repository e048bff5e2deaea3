using System.Globalization;
using System.Text;

namespace Millrace.Demo;

/// <summary>
/// Writes times as ISO-8601 in UTC with milliseconds, 24 bytes. Remembers the last day, for the next time is mostly in
/// it.
/// </summary>
internal struct TimestampWriter
{
    public const int Length = 24;
    private const long DayMs = 86_400_000;

    private readonly byte[] date = new byte[11];
    private long day = long.MinValue;

    public TimestampWriter()
    {
    }

    public void Write(Span<byte> target, long ms)
    {
        long thisDay = Math.DivRem(ms, DayMs, out long inDay);
        if (thisDay != day)
        {
            string text = DateTime.UnixEpoch.AddDays(thisDay).ToString("yyyy-MM-dd'T'", CultureInfo.InvariantCulture);
            Encoding.ASCII.GetBytes(text, date);
            day = thisDay;
        }

        date.CopyTo(target);
        int rest = (int)inDay;
        Two(target[11..], rest / 3_600_000);
        target[13] = (byte)':';
        Two(target[14..], rest / 60_000 % 60);
        target[16] = (byte)':';
        Two(target[17..], rest / 1000 % 60);
        target[19] = (byte)'.';
        target[20] = (byte)('0' + (rest % 1000 / 100));
        Two(target[21..], rest % 100);
        target[23] = (byte)'Z';
    }

    private static void Two(Span<byte> target, int value)
    {
        target[1] = (byte)('0' + (value % 10));
        target[0] = (byte)('0' + (value / 10));
    }
}
