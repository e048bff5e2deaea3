using System.Runtime.CompilerServices;
using Millrace.Data.Numbers;

namespace Millrace.Data.Time;

/// <summary>
/// Writes timestamps (milliseconds since the epoch) as text: as Flink's JSON does (fraction without trailing zeros,
/// none when zero) and as CAST does (exactly p digits). Remembers the last minute written, because neighbours share it;
/// one writer per thread.
/// </summary>
public struct TimestampText
{
    /// <summary>Room that any timestamp needs, the Z included.</summary>
    public const int MaxLength = 40;

    // HH:mm:
    private const int TimeLength = 6;
    private const long MillisPerMinute = 60_000;
    private const long MinutesPerDay = CivilDate.MillisPerDay / MillisPerMinute;

    // What stands before the seconds, and what happens to follow it: room enough to be copied as one vector.
    private MinuteBytes text;
    private int length;
    private long minute;

    /// <summary>Writes the JSON form and returns how many bytes it took; Z is for TIMESTAMP_LTZ.</summary>
    public int Write(Span<byte> to, long millis, TimestampStandard standard, bool withZ)
    {
        long inMinute = CivilDate.FloorDiv(millis, MillisPerMinute);
        byte separator = standard == TimestampStandard.Sql ? (byte)' ' : (byte)'T';
        if (inMinute != minute || length == 0 || text[length - TimeLength - 1] != separator)
        {
            Turn(inMinute, separator);
        }

        ((ReadOnlySpan<byte>)text).CopyTo(to);
        int at = length + WriteSecond(to[length..], (uint)(millis - inMinute * MillisPerMinute));
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

    private void Turn(long to, byte separator)
    {
        minute = to;
        long days = CivilDate.FloorDiv(minute, MinutesPerDay);
        Span<byte> target = text;
        int dateLength = DateText.Write(target, days);
        target[dateLength] = separator;
        DateText.WriteTime(target[(dateLength + 1)..], (int)((minute - days * MinutesPerDay) * MillisPerMinute));
        length = dateLength + 1 + TimeLength;
    }

    // ss.SSS, of which zeros at the end and then the point do not count.
    private static int WriteSecond(Span<byte> to, uint millis)
    {
        to = to[..6];
        uint second = millis / 1000;
        uint fraction = millis - second * 1000;
        uint tens = fraction / 10;
        IntegerText.WritePair(to, second);
        to[2] = (byte)'.';
        IntegerText.WritePair(to[3..], tens);
        to[5] = (byte)('0' + (fraction - tens * 10));
        return fraction != tens * 10 ? 6 : fraction == 0 ? 2 : tens % 10 != 0 ? 5 : 4;
    }

    [InlineArray(32)]
    private struct MinuteBytes
    {
        private byte first;
    }
}
