using Millrace.Data.Numbers;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Intervals as CAST writes them: +1 02:03:04.500 and -1-02. Each returns how many bytes it took.</summary>
internal static class IntervalText
{
    public static int WriteMonths(Span<byte> to, int months)
    {
        ulong size = (ulong)Math.Abs((long)months);
        to[0] = months < 0 ? (byte)'-' : (byte)'+';
        int at = 1 + IntegerText.Write(to[1..], size / 12);
        to[at] = (byte)'-';
        IntegerText.WriteDigits(to.Slice(at + 1, 2), size % 12);
        return at + 3;
    }

    public static int WriteMillis(Span<byte> to, long millis)
    {
        ulong size = millis < 0 ? 0 - (ulong)millis : (ulong)millis;
        to[0] = millis < 0 ? (byte)'-' : (byte)'+';
        int at = 1 + IntegerText.Write(to[1..], size / 86_400_000);
        to[at++] = (byte)' ';
        at += Part(to[at..], size / 3_600_000 % 24, 2, (byte)':');
        at += Part(to[at..], size / 60_000 % 60, 2, (byte)':');
        at += Part(to[at..], size / 1000 % 60, 2, (byte)'.');
        IntegerText.WriteDigits(to.Slice(at, 3), size % 1000);
        return at + 3;
    }

    private static int Part(Span<byte> to, ulong value, int digits, byte end)
    {
        IntegerText.WriteDigits(to[..digits], value);
        to[digits] = end;
        return digits + 1;
    }
}
