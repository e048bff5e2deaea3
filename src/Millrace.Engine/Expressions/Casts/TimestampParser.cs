using Millrace.Data.Time;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// Texts as TIMESTAMP(p): yyyy-M-d, optionally a blank and H:m:s with up to nine fraction digits, cut to p. A day that
/// the month lacks is its last, 24:00:00 the next day. A text without a zone is read in the session's for
/// TIMESTAMP_LTZ.
/// </summary>
internal sealed class TimestampParser(int precision, SessionZone? zone) : TextParser<long>
{
    public override bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        int at = 0;
        if (!TryDate(text, ref at, out long days) || !TryTime(text, ref at, out long ofDay))
        {
            return false;
        }

        long local = (days * CivilDate.MillisPerDay) + ofDay;
        value = zone is null ? local : zone.ToInstant(local);
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, ref int at, out long days)
    {
        days = 0;
        if (!TryNumber(text, ref at, 4, 4, out int year) || !TryChar(text, ref at, '-')
            || !TryNumber(text, ref at, 1, 2, out int month) || !TryChar(text, ref at, '-')
            || !TryNumber(text, ref at, 1, 2, out int day))
        {
            return false;
        }

        bool isDate = year > 0 && month is >= 1 and <= 12 && day is >= 1 and <= 31;
        days = isDate ? CivilDate.ToDays(year, month, Math.Min(day, CivilDate.DaysInMonth(year, month))) : 0;
        return isDate;
    }

    private bool TryTime(ReadOnlySpan<byte> text, ref int at, out long ofDay)
    {
        ofDay = 0;
        if (at == text.Length)
        {
            return true;
        }

        if (!TryChar(text, ref at, ' ') || !TryNumber(text, ref at, 1, 2, out int hour) || !TryChar(text, ref at, ':')
            || !TryNumber(text, ref at, 1, 2, out int minute) || !TryChar(text, ref at, ':')
            || !TryNumber(text, ref at, 1, 2, out int second)
            || !TryFraction(text, ref at, out int millis, out bool any))
        {
            return false;
        }

        ofDay = ((((hour * 60L) + minute) * 60) + second) * 1000;
        bool isMidnight = hour == 24 && ofDay == CivilDate.MillisPerDay && !any;
        ofDay += millis;
        return at == text.Length && minute < 60 && second < 60 && (hour < 24 || isMidnight);
    }

    private bool TryFraction(ReadOnlySpan<byte> text, ref int at, out int millis, out bool hasAny)
    {
        millis = 0;
        hasAny = false;
        if (at == text.Length || !TryChar(text, ref at, '.'))
        {
            return at == text.Length;
        }

        ReadOnlySpan<byte> digits = text[at..];
        at = text.Length;
        for (int i = 0; i < digits.Length; i++)
        {
            int digit = digits[i] - '0';
            if (i >= 9 || (uint)digit > 9)
            {
                return false;
            }

            hasAny |= digit > 0;
            millis += i >= Math.Min(3, precision) ? 0 : digit * (i == 0 ? 100 : i == 1 ? 10 : 1);
        }

        return true;
    }

    private static bool TryChar(ReadOnlySpan<byte> text, ref int at, char expected)
    {
        bool isThere = at < text.Length && text[at] == expected;
        at += isThere ? 1 : 0;
        return isThere;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, ref int at, int least, int most, out int value)
    {
        int start = at;
        value = 0;
        while (at < text.Length && at - start < most && (uint)(text[at] - '0') <= 9)
        {
            value = (value * 10) + text[at++] - '0';
        }

        return at - start >= least;
    }
}
