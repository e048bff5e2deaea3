using Millrace.Data.Numbers;

namespace Millrace.Data.Time;

/// <summary>
/// DATE (days since 1970-01-01) and TIME (milliseconds of the day) as Flink's JSON reads and writes them: yyyy-MM-dd
/// strictly, years beyond 9999 with a plus; HH:mm:ss, of which the fraction is cut. UTF-8, no allocation. No state;
/// safe from any thread.
/// </summary>
public static class DateText
{
    /// <summary>Room that any DATE needs.</summary>
    public const int MaxLength = 16;

    /// <summary>The whole text as a date.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out int days)
    {
        int at = 0;
        bool ok = DateTimeScanner.TryDate(text, ref at, clamp: false, out long value)
            && at == text.Length && value is >= int.MinValue and <= int.MaxValue;
        days = ok ? (int)value : 0;
        return ok;
    }

    /// <summary>The whole text as a time of day, in whole seconds (in ms): Flink's TIME has no fraction.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out int millis)
    {
        int at = 0;
        bool ok = DateTimeScanner.TryTime(text, ref at, secondsOptional: false, midnight24: true, out int second, out _)
            && at == text.Length;
        millis = ok ? second % 86_400 * 1000 : 0;
        return ok;
    }

    /// <summary>Writes yyyy-MM-dd and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, long days)
    {
        (long year, int month, int day) = CivilDate.FromDays(days);
        int at = WriteYear(to, year);
        WriteMonthAndDay(to.Slice(at, 6), month, day);
        return at + 6;
    }

    /// <summary>Writes HH:mm:ss of a time of day and returns how many bytes it took.</summary>
    public static int WriteTime(Span<byte> to, int millis)
    {
        uint second = (uint)millis / 1000;
        uint minute = second / 60;
        uint hour = minute / 60;
        to = to[..8];
        IntegerText.WritePair(to, hour);
        to[2] = (byte)':';
        IntegerText.WritePair(to[3..], minute - hour * 60);
        to[5] = (byte)':';
        IntegerText.WritePair(to[6..], second - minute * 60);
        return 8;
    }

    internal static void WriteMonthAndDay(Span<byte> to, int month, int day)
    {
        to[0] = (byte)'-';
        IntegerText.WritePair(to[1..], (uint)month);
        to[3] = (byte)'-';
        IntegerText.WritePair(to[4..], (uint)day);
    }

    private static int WriteYear(Span<byte> to, long year)
    {
        int at = 0;
        if (year is < 0 or > 9999)
        {
            to[at++] = year < 0 ? (byte)'-' : (byte)'+';
        }

        ulong size = (ulong)Math.Abs(year);
        int digits = Math.Max(4, IntegerText.CountDigits(size));
        IntegerText.WriteDigits(to.Slice(at, digits), size);
        return at + digits;
    }
}
