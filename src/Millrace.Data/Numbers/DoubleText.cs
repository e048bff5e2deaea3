using System.Globalization;

namespace Millrace.Data.Numbers;

/// <summary>
/// DOUBLE and FLOAT values as Java's <c>toString</c> writes them (from JDK 19 on): the shortest digits that read back
/// the same value, at least one behind the point, in plain form from 0.001 up to 10⁷ and as 1.0E7 elsewhere; NaN,
/// Infinity. UTF-8, no allocation. No state; safe from any thread.
/// </summary>
public static class DoubleText
{
    /// <summary>Room that any value needs.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, double value)
    {
        if (!double.IsFinite(value))
        {
            return WriteSpecial(to, value);
        }

        int sign = WriteSign(to, double.IsNegative(value));
        if (value == 0)
        {
            return sign + WriteZero(to[sign..]);
        }

        value = Math.Abs(value);
        if (value is >= 0.01 and < 1e7 && (long)((value * 100) + 0.5) is var cents && cents / 100.0 == value)
        {
            return sign + WriteCents(to[sign..], (ulong)cents);
        }

        (ulong digits, int exponent) = ShortestDecimal.Of(value);
        return sign + Layout(to[sign..], digits, exponent);
    }

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, float value)
    {
        if (!float.IsFinite(value))
        {
            return WriteSpecial(to, value);
        }

        int sign = WriteSign(to, float.IsNegative(value));
        if (value == 0)
        {
            return sign + WriteZero(to[sign..]);
        }

        // Where one digit is enough Java takes the nearest of two: 1.4E-45.
        value = Math.Abs(value);
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out int length, value < 1e-44f ? "E1" : "R", CultureInfo.InvariantCulture);
        (ulong digits, int exponent) = Parse(text[..length]);
        return sign + Layout(to[sign..], digits, exponent);
    }

    private static int WriteSign(Span<byte> to, bool negative)
    {
        to[0] = (byte)'-';
        return negative ? 1 : 0;
    }

    private static int WriteZero(Span<byte> to)
    {
        "0.0"u8.CopyTo(to);
        return 3;
    }

    private static int WriteSpecial(Span<byte> to, double value)
    {
        ReadOnlySpan<byte> text = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;
        text.CopyTo(to);
        return text.Length;
    }

    // Money: two decimals read back as the value. No other decimal of up to 15 digits does, so none is shorter.
    private static int WriteCents(Span<byte> to, ulong cents)
    {
        ulong whole = cents / 100;
        int at = IntegerText.Write(to, whole);
        uint rest = (uint)(cents - (whole * 100));
        to[at] = (byte)'.';
        IntegerText.WritePair(to[(at + 1)..], rest);
        return at + (rest % 10 == 0 ? 2 : 3);
    }

    private static (ulong Digits, int Exponent) Parse(ReadOnlySpan<byte> text)
    {
        ulong digits = 0;
        int exponent = 0;
        bool point = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == 'E')
            {
                exponent += int.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }

            if (text[i] == '.')
            {
                point = true;
                continue;
            }

            digits = digits * 10 + (ulong)(text[i] - '0');
            exponent -= point ? 1 : 0;
        }

        return (digits, exponent);
    }

    /// <summary>Writes digits × 10^exponent in Java's form.</summary>
    private static int Layout(Span<byte> to, ulong digits, int exponent)
    {
        StripZeros(ref digits, ref exponent);
        int count = IntegerText.CountDigits(digits);
        int magnitude = exponent + count - 1;
        if (magnitude is < -3 or >= 7)
        {
            return Scientific(to, digits, count, magnitude);
        }

        if (exponent >= 0)
        {
            int whole = IntegerText.Write(to, digits * DecimalPowers.OfUInt64(exponent));
            to[whole] = (byte)'.';
            to[whole + 1] = (byte)'0';
            return whole + 2;
        }

        ulong power = DecimalPowers.OfUInt64(-exponent);
        ulong before = digits / power;
        int at = IntegerText.Write(to, before);
        to[at] = (byte)'.';
        IntegerText.WriteDigits(to.Slice(at + 1, -exponent), digits - before * power);
        return at + 1 - exponent;
    }

    private static int Scientific(Span<byte> to, ulong digits, int count, int magnitude)
    {
        int places = Math.Max(count - 1, 1);
        ulong power = DecimalPowers.OfUInt64(count - 1);
        ulong first = digits / power;
        to[0] = (byte)('0' + first);
        to[1] = (byte)'.';
        IntegerText.WriteDigits(to.Slice(2, places), digits - first * power);
        to[2 + places] = (byte)'E';
        return 3 + places + IntegerText.Write(to[(3 + places)..], magnitude);
    }

    private static void StripZeros(ref ulong digits, ref int exponent)
    {
        foreach (int zeros in (ReadOnlySpan<int>)[8, 4, 2, 1])
        {
            ulong power = DecimalPowers.OfUInt64(zeros);
            ulong rest = digits / power;
            if (rest * power == digits)
            {
                digits = rest;
                exponent += zeros;
            }
        }

        // 8 + 4 + 2 + 1 covers 15 zeros; seventeen digits can end in sixteen.
        if (digits % 10 == 0)
        {
            digits /= 10;
            exponent++;
        }
    }
}
