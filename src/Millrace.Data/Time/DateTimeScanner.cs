namespace Millrace.Data.Time;

/// <summary>
/// The pieces of date and time texts, in the grammar of java.time's ISO formatters: a date of a 4-digit year (or one
/// with a sign), a time of two-digit fields with up to nine fraction digits. Each method reads at a position and
/// moves it.
/// </summary>
internal static class DateTimeScanner
{
    // Beyond, milliseconds do not fit into 64 bits.
    private const long LargestYear = 292_000_000;

    /// <summary>
    /// A date; with <paramref name="clamp"/> a day that the month lacks is its last, without it is no date.
    /// </summary>
    public static bool TryDate(ReadOnlySpan<byte> text, ref int at, bool clamp, out long days)
    {
        days = 0;
        if (!TryYear(text, ref at, out long year)
            || !TrySeparator(text, ref at, '-') || !TryTwo(text, ref at, out int month)
            || !TrySeparator(text, ref at, '-') || !TryTwo(text, ref at, out int day)
            || month is < 1 or > 12 || day is < 1 or > 31)
        {
            return false;
        }

        int last = CivilDate.DaysInMonth(year, month);
        if (day > last && !clamp)
        {
            return false;
        }

        days = CivilDate.ToDays(year, month, Math.Min(day, last));
        return true;
    }

    /// <summary>
    /// HH:mm:ss with an optional fraction; the seconds too are optional where that is said. 24:00:00 is 86,400
    /// seconds.
    /// </summary>
    public static bool TryTime(
        ReadOnlySpan<byte> text, ref int at, bool secondsOptional, bool midnight24, out int second, out int nano)
    {
        second = 0;
        nano = 0;
        if (!TryTwo(text, ref at, out int hour) || !TrySeparator(text, ref at, ':')
            || !TryTwo(text, ref at, out int minute) || minute > 59)
        {
            return false;
        }

        int seconds = 0;
        if (at < text.Length && text[at] == ':')
        {
            at++;
            if (!TryTwo(text, ref at, out seconds) || seconds > 59)
            {
                return false;
            }

            Fraction(text, ref at, out nano);
        }
        else if (!secondsOptional)
        {
            return false;
        }

        second = (hour * 60 + minute) * 60 + seconds;
        return hour < 24 || (midnight24 && second == 86_400 && nano == 0);
    }

    public static bool TrySeparator(ReadOnlySpan<byte> text, ref int at, char separator)
    {
        if (at < text.Length && text[at] == separator)
        {
            at++;
            return true;
        }

        return false;
    }

    public static bool TryTwo(ReadOnlySpan<byte> text, ref int at, out int value)
    {
        value = 0;
        if (at + 2 > text.Length || (uint)(text[at] - '0') > 9 || (uint)(text[at + 1] - '0') > 9)
        {
            return false;
        }

        value = (text[at] - '0') * 10 + (text[at + 1] - '0');
        at += 2;
        return true;
    }

    /// <summary>An optional point with up to nine digits, none included; a tenth digit is left where it is.</summary>
    private static void Fraction(ReadOnlySpan<byte> text, ref int at, out int nano)
    {
        nano = 0;
        if (at >= text.Length || text[at] != '.')
        {
            return;
        }

        at++;
        int digits = 0;
        for (; digits < 9 && at < text.Length && (uint)(text[at] - '0') <= 9; digits++)
        {
            nano = nano * 10 + (text[at++] - '0');
        }

        for (; digits < 9; digits++)
        {
            nano *= 10;
        }
    }

    // Four digits without a sign; a plus only before more than four; a minus, but not before zero.
    private static bool TryYear(ReadOnlySpan<byte> text, ref int at, out long year)
    {
        year = 0;
        bool plus = at < text.Length && text[at] == '+';
        bool minus = at < text.Length && text[at] == '-';
        at += plus || minus ? 1 : 0;
        int start = at;
        int most = plus || minus ? 10 : 4;
        for (; at < text.Length && at - start < most && (uint)(text[at] - '0') <= 9; at++)
        {
            year = year * 10 + (text[at] - '0');
        }

        int digits = at - start;
        if (digits < 4 || (plus && digits == 4) || (minus && year == 0) || year > LargestYear)
        {
            return false;
        }

        year = minus ? -year : year;
        return true;
    }
}
