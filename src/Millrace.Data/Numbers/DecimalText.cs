namespace Millrace.Data.Numbers;

/// <summary>
/// DECIMAL values (unscaled, up to 38 digits) as text: the form of Java's <c>BigDecimal.toString</c> without trailing
/// zeros, as Flink writes it into JSON (100.00 is 1E+2), and the plain form of CAST with all digits of the scale.
/// UTF-8, no allocation. No state; safe from any thread.
/// </summary>
public static class DecimalText
{
    /// <summary>Room that any value needs, in any form.</summary>
    public const int MaxLength = 48;

    /// <summary>
    /// Writes all digits of the scale and never an exponent (9.870, 0.05); returns how many bytes it took.
    /// </summary>
    public static int WritePlain(Span<byte> to, Int128 unscaled, int scale)
    {
        int at = Sign(to, ref unscaled);
        Span<byte> digits = stackalloc byte[40];
        int count = Digits(digits, (UInt128)unscaled);
        return at + Point(to[at..], digits[..count], scale);
    }

    /// <summary>
    /// Strips trailing zeros and writes what <c>BigDecimal.toString</c> writes; returns how many bytes it took.
    /// </summary>
    public static int WriteStripped(Span<byte> to, Int128 unscaled, int scale)
    {
        if (unscaled == 0)
        {
            to[0] = (byte)'0';
            return 1;
        }

        int at = Sign(to, ref unscaled);
        Span<byte> all = stackalloc byte[40];
        Span<byte> digits = all[..Digits(all, StripZeros((UInt128)unscaled, ref scale))];
        int exponent = digits.Length - 1 - scale;
        if (scale >= 0 && exponent >= -6)
        {
            return at + Point(to[at..], digits, scale);
        }

        to[at++] = digits[0];
        if (digits.Length > 1)
        {
            to[at++] = (byte)'.';
            digits[1..].CopyTo(to[at..]);
            at += digits.Length - 1;
        }

        to[at++] = (byte)'E';
        if (exponent > 0)
        {
            to[at++] = (byte)'+';
        }

        return at + IntegerText.Write(to[at..], exponent);
    }

    private static UInt128 StripZeros(UInt128 value, ref int scale)
    {
        const ulong chunk = 10_000_000_000_000_000_000;
        while (value > ulong.MaxValue)
        {
            (UInt128 rest, UInt128 last) = UInt128.DivRem(value, chunk);
            if (last != 0)
            {
                // The zeros, if any, are in the lower part.
                int before = scale;
                ulong stripped = StripZeros((ulong)last, ref scale);
                return rest * DecimalPowers.OfUInt64(19 - before + scale) + stripped;
            }

            value = rest;
            scale -= 19;
        }

        return StripZeros((ulong)value, ref scale);
    }

    private static ulong StripZeros(ulong value, ref int scale)
    {
        while (true)
        {
            ulong rest = value / 10;
            if (rest * 10 != value)
            {
                return value;
            }

            value = rest;
            scale--;
        }
    }

    private static int Sign(Span<byte> to, ref Int128 unscaled)
    {
        if (unscaled >= 0)
        {
            return 0;
        }

        unscaled = -unscaled;
        to[0] = (byte)'-';
        return 1;
    }

    private static int Digits(Span<byte> to, UInt128 value)
    {
        if (value <= ulong.MaxValue)
        {
            return IntegerText.Write(to, (ulong)value);
        }

        const ulong chunk = 10_000_000_000_000_000_000;
        (UInt128 high, UInt128 low) = UInt128.DivRem(value, chunk);
        int length = Digits(to, high);
        IntegerText.WriteDigits(to.Slice(length, 19), (ulong)low);
        return length + 19;
    }

    private static int Point(Span<byte> to, ReadOnlySpan<byte> digits, int scale)
    {
        int whole = digits.Length - scale;
        if (scale == 0)
        {
            digits.CopyTo(to);
            return digits.Length;
        }

        if (whole > 0)
        {
            digits[..whole].CopyTo(to);
            to[whole] = (byte)'.';
            digits[whole..].CopyTo(to[(whole + 1)..]);
            return digits.Length + 1;
        }

        to[0] = (byte)'0';
        to[1] = (byte)'.';
        to.Slice(2, -whole).Fill((byte)'0');
        digits.CopyTo(to[(2 - whole)..]);
        return 2 - whole + digits.Length;
    }
}
