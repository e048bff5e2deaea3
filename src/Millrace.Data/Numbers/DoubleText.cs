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

    private const double LargestTried = 1e15;

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, double value)
    {
        if (!double.IsFinite(value))
        {
            return WriteSpecial(to, value);
        }

        int sign = 0;
        if (double.IsNegative(value))
        {
            to[0] = (byte)'-';
            sign = 1;
            value = -value;
        }

        return sign + (TryFewDecimals(to[sign..], value, out int length) ? length : WriteShortest(to[sign..], value));
    }

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, float value)
    {
        if (!float.IsFinite(value))
        {
            return WriteSpecial(to, value);
        }

        int sign = 0;
        if (float.IsNegative(value))
        {
            to[0] = (byte)'-';
            sign = 1;
            value = -value;
        }

        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        if (value is > 0 and < 1e-44f)
        {
            value.TryFormat(text, out length, "E1", CultureInfo.InvariantCulture);
        }

        return sign + Relayout(to[sign..], text[..length]);
    }

    private static int WriteSpecial(Span<byte> to, double value)
    {
        ReadOnlySpan<byte> text = double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;
        text.CopyTo(to);
        return text.Length;
    }

    // Prices, counts and most averages have a few decimals. A decimal of at most 15 digits that divides back to the
    // value is its only one of that length, and since fewer decimals were tried before, the shortest.
    private static bool TryFewDecimals(Span<byte> to, double value, out int length)
    {
        length = 0;
        if (value >= 1e7 || value < 1e-3)
        {
            if (value != 0)
            {
                return false;
            }

            "0.0"u8.CopyTo(to);
            length = 3;
            return true;
        }

        double power = 1;
        for (int decimals = 0; decimals <= 6; decimals++, power *= 10)
        {
            double scaled = Math.Floor(value * power + 0.5);
            if (scaled < LargestTried && scaled / power == value)
            {
                length = WriteFixed(to, (ulong)scaled, decimals);
                return true;
            }
        }

        return false;
    }

    private static int WriteFixed(Span<byte> to, ulong digits, int decimals)
    {
        ulong power = (ulong)DecimalPowers.Of(decimals);
        int at = IntegerText.Write(to, digits / power);
        to[at++] = (byte)'.';
        int places = Math.Max(decimals, 1);
        IntegerText.WriteDigits(to.Slice(at, places), digits % power);
        return at + places;
    }

    private static int WriteShortest(Span<byte> to, double value)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        if (value < 1e-322)
        {
            // Where one digit is enough Java takes the nearest of two: 4.9E-324.
            value.TryFormat(text, out length, "E1", CultureInfo.InvariantCulture);
        }

        return Relayout(to, text[..length]);
    }

    /// <summary>Takes digits, point and exponent apart and puts them together as Java does.</summary>
    private static int Relayout(Span<byte> to, ReadOnlySpan<byte> text)
    {
        Span<byte> digits = stackalloc byte[20];
        int count = 0;
        int exponent = 0;
        bool point = false;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == 'E')
            {
                exponent += int.Parse(text[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }

            if (b == '.')
            {
                point = true;
                continue;
            }

            exponent -= point ? 1 : 0;
            if (count > 0 || b != '0')
            {
                digits[count++] = b;
            }
        }

        while (count > 1 && digits[count - 1] == '0')
        {
            count--;
            exponent++;
        }

        return count == 0 ? Layout(to, "0"u8, 0) : Layout(to, digits[..count], exponent + count - 1);
    }

    /// <summary>Writes d.ddd × 10^exponent in Java's form.</summary>
    private static int Layout(Span<byte> to, ReadOnlySpan<byte> digits, int exponent)
    {
        if (exponent is < -3 or >= 7)
        {
            to[0] = digits[0];
            to[1] = (byte)'.';
            int at = 2 + Fraction(to[2..], digits[1..]);
            to[at++] = (byte)'E';
            return at + IntegerText.Write(to[at..], exponent);
        }

        if (exponent < 0)
        {
            "0.000"u8[..(1 - exponent)].CopyTo(to);
            digits.CopyTo(to[(1 - exponent)..]);
            return 1 - exponent + digits.Length;
        }

        int whole = exponent + 1;
        int taken = Math.Min(whole, digits.Length);
        digits[..taken].CopyTo(to);
        to[taken..whole].Fill((byte)'0');
        to[whole] = (byte)'.';
        return whole + 1 + Fraction(to[(whole + 1)..], digits[taken..]);
    }

    private static int Fraction(Span<byte> to, ReadOnlySpan<byte> digits)
    {
        if (digits.IsEmpty)
        {
            to[0] = (byte)'0';
            return 1;
        }

        digits.CopyTo(to);
        return digits.Length;
    }
}
