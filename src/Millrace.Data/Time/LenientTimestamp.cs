using Millrace.Data.Numbers;

namespace Millrace.Data.Time;

/// <summary>
/// Timestamps as they come in from the world: any ISO-8601 or SQL form with Z, an offset, UTC or nothing (then UTC),
/// dates alone, and epoch numbers of at least nine digits as text.
/// </summary>
public static class LenientTimestamp
{
    // An epoch text must not be taken for a compact date such as 20240102.
    private const int FewestEpochDigits = 9;

    /// <summary>Reads the whole text, blanks around it aside.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long millis, out TimestampForms form)
    {
        text = TextTrim.Trim(text);
        millis = 0;
        form = TimestampForms.None;
        int at = 0;
        if (!DateTimeScanner.TryDate(text, ref at, clamp: false, out long days))
        {
            int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            return (digits < 0 ? text.Length : digits) >= FewestEpochDigits
                && TryReadNumber(text, out millis, out form);
        }

        millis = days * CivilDate.MillisPerDay;
        if (at == text.Length)
        {
            form = TimestampForms.Date | TimestampForms.Local;
            return true;
        }

        form = text[at] == ' ' ? TimestampForms.Sql : TimestampForms.Iso8601;
        if (text[at++] is not ((byte)' ' or (byte)'T' or (byte)'t')
            || !TryTime(text, ref at, out long ofDay)
            || !TryZone(text[at..], out long offset, out TimestampForms zone))
        {
            return false;
        }

        millis += ofDay - offset;
        form |= zone;
        return true;
    }

    /// <summary>
    /// Reads a decimal number since the epoch, its unit told by its magnitude: seconds below 10¹¹, then ms, µs, ns.
    /// </summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> text, out long millis, out TimestampForms form)
    {
        form = TimestampForms.None;
        millis = 0;
        if (DecimalParser.TryParse(text, 30, 9, out Int128 nanos) != DecimalParse.Ok)
        {
            return false;
        }

        Int128 size = Int128.Abs(nanos) / 1_000_000_000;
        (form, Int128 value) = size switch
        {
            _ when size < 100_000_000_000 => (TimestampForms.EpochSeconds, FloorDiv(nanos, 1_000_000)),
            _ when size < 100_000_000_000_000 => (TimestampForms.EpochMillis, FloorDiv(nanos, 1_000_000_000)),
            _ when size < 100_000_000_000_000_000 => (TimestampForms.EpochMicros, FloorDiv(nanos, 1_000_000_000_000)),
            _ => (TimestampForms.EpochNanos, FloorDiv(nanos, 1_000_000_000_000_000)),
        };
        millis = (long)value;
        return value >= long.MinValue && value <= long.MaxValue;
    }

    /// <summary>Whole numbers since the epoch, as <see cref="TryReadNumber"/> reads them.</summary>
    public static long FromInteger(long value, out TimestampForms form)
    {
        switch (Int128.Abs(value))
        {
            case var size when size < 100_000_000_000:
                form = TimestampForms.EpochSeconds;
                return value * 1000;
            case var size when size < 100_000_000_000_000:
                form = TimestampForms.EpochMillis;
                return value;
            case var size when size < 100_000_000_000_000_000:
                form = TimestampForms.EpochMicros;
                return CivilDate.FloorDiv(value, 1000);
            default:
                form = TimestampForms.EpochNanos;
                return CivilDate.FloorDiv(value, 1_000_000);
        }
    }

    // A comma is ISO-8601's other decimal sign, digits beyond the ninth are cut.
    private static bool TryTime(ReadOnlySpan<byte> text, ref int at, out long ofDay)
    {
        ofDay = 0;
        if (!DateTimeScanner.TryTime(
            text, ref at, secondsOptional: true, midnight24: true, out int second, out int nano))
        {
            return false;
        }

        int millis = nano / 1_000_000;
        if (at < text.Length && text[at] == ',')
        {
            at++;
            for (int power = 100; at < text.Length && (uint)(text[at] - '0') <= 9; power /= 10)
            {
                millis += (text[at++] - '0') * power;
            }
        }

        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            at++;
        }

        ofDay = second * 1000L + millis;
        return true;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out long offset, out TimestampForms zone)
    {
        offset = 0;
        zone = text.IsEmpty ? TimestampForms.Local : TimestampForms.Utc;
        text = TextTrim.Trim(text);
        if (text.IsEmpty || text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8)
            || text.SequenceEqual("UTC"u8) || text.SequenceEqual("GMT"u8))
        {
            return true;
        }

        zone = TimestampForms.Offset;
        bool negative = text[0] == '-';
        int at = 1;
        if (text[0] is not ((byte)'-' or (byte)'+')
            || !DateTimeScanner.TryTwo(text, ref at, out int hours) || hours > 18)
        {
            return false;
        }

        int minutes = 0;
        if (at < text.Length)
        {
            at += text[at] == ':' ? 1 : 0;
            if (!DateTimeScanner.TryTwo(text, ref at, out minutes) || minutes > 59 || at != text.Length)
            {
                return false;
            }
        }

        offset = (negative ? -1 : 1) * (hours * 60 + minutes) * 60_000L;
        return true;
    }

    private static Int128 FloorDiv(Int128 value, Int128 by)
    {
        Int128 quotient = value / by;
        return value < 0 && quotient * by != value ? quotient - 1 : quotient;
    }
}
