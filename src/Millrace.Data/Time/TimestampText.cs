using System.Runtime.CompilerServices;
using Millrace.Data.Numbers;

namespace Millrace.Data.Time;

/// <summary>
/// Writes timestamps (milliseconds since the epoch) as text: as Flink's JSON does (fraction without trailing zeros,
/// none when zero) and as CAST does (exactly p digits). Remembers the last second written, because neighbours share it;
/// one writer per thread.
/// </summary>
public struct TimestampText
{
    /// <summary>Room that any timestamp needs, the Z included.</summary>
    public const int MaxLength = 40;

    private const int TimeLength = 8;

    private long second;
    private long day;
    private SecondBytes text;
    private int dateLength;

    /// <summary>Writes the JSON form and returns how many bytes it took; Z is for TIMESTAMP_LTZ.</summary>
    public int Write(Span<byte> to, long millis, TimestampStandard standard, bool withZ)
    {
        byte separator = standard == TimestampStandard.Sql ? (byte)' ' : (byte)'T';
        int at = WriteDateAndTime(to, millis, separator, out int fraction);
        if (fraction != 0)
        {
            to[at] = (byte)'.';
            IntegerText.WriteDigits(to.Slice(at + 1, 3), (ulong)fraction);
            at += fraction % 100 == 0 ? 2 : fraction % 10 == 0 ? 3 : 4;
        }

        if (withZ)
        {
            to[at++] = (byte)'Z';
        }

        return at;
    }

    /// <summary>
    /// Writes the CAST form with that many fraction digits (0 to 9) and returns how many bytes it took. As Flink
    /// does, it prints the last four digits of the year, of a negative one each with its sign.
    /// </summary>
    public static int WriteCast(Span<byte> to, long millis, int precision)
    {
        long days = CivilDate.FloorDiv(millis, CivilDate.MillisPerDay);
        (long year, int month, int day) = CivilDate.FromDays(days);
        to[0] = (byte)('0' + year / 1000 % 10);
        to[1] = (byte)('0' + year / 100 % 10);
        to[2] = (byte)('0' + year / 10 % 10);
        to[3] = (byte)('0' + year % 10);
        DateText.WriteMonthAndDay(to.Slice(4, 6), month, day);
        int ofDay = (int)(millis - days * CivilDate.MillisPerDay);
        to[10] = (byte)' ';
        DateText.WriteTime(to[11..], ofDay);
        if (precision == 0)
        {
            return 19;
        }

        Span<byte> fraction = to.Slice(19, precision + 1);
        fraction.Fill((byte)'0');
        fraction[0] = (byte)'.';
        Span<byte> three = stackalloc byte[3];
        IntegerText.WriteDigits(three, (ulong)(ofDay % 1000));
        three[..Math.Min(3, precision)].CopyTo(fraction[1..]);
        return 20 + precision;
    }

    // Date, separator and time of the second are kept: neighbours share at least the date, mostly the second too.
    private int WriteDateAndTime(Span<byte> to, long millis, byte separator, out int fraction)
    {
        long inSecond = CivilDate.FloorDiv(millis, 1000);
        fraction = (int)(millis - inSecond * 1000);
        if (inSecond != second || dateLength == 0 || text[dateLength] != separator)
        {
            second = inSecond;
            Rewrite(separator);
        }

        int length = dateLength + 1 + TimeLength;
        ((ReadOnlySpan<byte>)text)[..length].CopyTo(to);
        return length;
    }

    private void Rewrite(byte separator)
    {
        long days = CivilDate.FloorDiv(second, CivilDate.MillisPerDay / 1000);
        Span<byte> target = text;
        if (days != day || dateLength == 0)
        {
            day = days;
            dateLength = DateText.Write(target, days);
        }

        target[dateLength] = separator;
        int ofDay = (int)(second - days * (CivilDate.MillisPerDay / 1000));
        DateText.WriteTime(target[(dateLength + 1)..], ofDay * 1000);
    }

    [InlineArray(DateText.MaxLength + 1 + TimeLength)]
    private struct SecondBytes
    {
        private byte first;
    }
}
