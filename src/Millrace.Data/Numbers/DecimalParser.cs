namespace Millrace.Data.Numbers;

/// <summary>
/// Reads texts in the grammar of Java's <c>BigDecimal(String)</c>, trimmed, into DECIMAL(p,s), rounding HALF_UP:
/// sign, digits of any script with an optional point, optional exponent. No allocation but for foreign digits. No
/// state; safe from any thread.
/// </summary>
public static class DecimalParser
{
    /// <summary>Reads a text around which blanks and control characters do not count.</summary>
    public static DecimalParse TryParse(ReadOnlySpan<byte> text, int precision, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        text = TextTrim.Trim(text);
        if (!Scan(text, out Parts parts))
        {
            return HasForeign(text) ? TryForeign(text, precision, scale, out unscaled) : DecimalParse.Invalid;
        }

        return Round(text, parts, precision, scale, out unscaled);
    }

    /// <summary>
    /// Scales mantissa × 10^exponent into DECIMAL(p,s): the fast way for numbers of at most 19 digits.
    /// </summary>
    internal static DecimalParse FromParts(
        bool negative, ulong mantissa, int exponent, int precision, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        if (mantissa == 0)
        {
            return DecimalParse.Ok;
        }

        int shift = exponent + scale;
        UInt128 value = mantissa;
        if (shift is < 0 and >= -18)
        {
            ulong power = (ulong)DecimalPowers.Of(-shift);
            ulong whole = mantissa / power;
            value = mantissa - whole * power >= power / 2 ? whole + 1 : whole;
        }
        else if (shift >= 0)
        {
            if (IntegerText.CountDigits(mantissa) + shift > precision)
            {
                return DecimalParse.Overflow;
            }

            value *= (UInt128)DecimalPowers.Of(shift);
        }
        else if (shift < -20)
        {
            value = 0;
        }
        else
        {
            UInt128 power = (UInt128)DecimalPowers.Of(-shift);
            value = (value + power / 2) / power;
        }

        if (value >= (UInt128)DecimalPowers.Of(precision))
        {
            return DecimalParse.Overflow;
        }

        unscaled = negative ? -(Int128)value : (Int128)value;
        return DecimalParse.Ok;
    }

    private static bool Scan(ReadOnlySpan<byte> text, out Parts parts)
    {
        parts = default;
        int at = 0;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            parts.Negative = text[0] == '-';
            at++;
        }

        parts.Start = at;
        int digits = 0;
        bool point = false;
        long fraction = 0;
        for (; at < text.Length; at++)
        {
            if ((uint)(text[at] - '0') <= 9)
            {
                digits++;
                fraction += point ? 1 : 0;
            }
            else if (text[at] == '.' && !point)
            {
                point = true;
            }
            else
            {
                break;
            }
        }

        parts.End = at;
        parts.Exponent = -fraction;
        return digits > 0 && (at == text.Length || ScanExponent(text[at..], ref parts.Exponent));
    }

    // Java keeps the scale in an int: an exponent beyond ten digits or out of its range is no number.
    private static bool ScanExponent(ReadOnlySpan<byte> text, ref long exponent)
    {
        if (text[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        text = text[1..];
        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            text = text[1..];
        }

        long value = 0;
        foreach (byte b in text)
        {
            int digit = b - '0';
            if ((uint)digit > 9 || value > int.MaxValue)
            {
                return false;
            }

            value = value * 10 + digit;
        }

        exponent += negative ? -value : value;
        return !text.IsEmpty && Math.Abs(exponent) <= int.MaxValue;
    }

    // Digits d1…dn after leading zeros, times 10^exponent: keep the first n + exponent + scale of them and round by
    // the next.
    private static DecimalParse Round(
        ReadOnlySpan<byte> text, in Parts parts, int precision, int scale, out Int128 unscaled)
    {
        unscaled = 0;
        ReadOnlySpan<byte> digits = text[parts.Start..parts.End];
        int significant = 0;
        foreach (byte b in digits)
        {
            significant += b != '.' && (significant > 0 || b != '0') ? 1 : 0;
        }

        if (significant == 0)
        {
            return DecimalParse.Ok;
        }

        long keep = significant + parts.Exponent + scale;
        if (keep > precision)
        {
            return DecimalParse.Overflow;
        }

        if (keep < 0)
        {
            return DecimalParse.Ok;
        }

        Int128 value = 0;
        int taken = 0;
        bool up = false;
        foreach (byte b in digits)
        {
            if (b == '.' || (taken == 0 && b == '0'))
            {
                continue;
            }

            if (taken == keep)
            {
                up = b >= '5';
                break;
            }

            value = value * 10 + (b - '0');
            taken++;
        }

        value = value * DecimalPowers.Of((int)keep - taken) + (up ? 1 : 0);
        if (value >= DecimalPowers.Of(precision))
        {
            return DecimalParse.Overflow;
        }

        unscaled = parts.Negative ? -value : value;
        return DecimalParse.Ok;
    }

    private static bool HasForeign(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0;

    private static DecimalParse TryForeign(ReadOnlySpan<byte> text, int precision, int scale, out Int128 unscaled)
    {
        byte[] ascii = new byte[text.Length];
        int length = 0;
        while (!text.IsEmpty)
        {
            int used = 1;
            if (IntegerText.TryForeignDigit(text, out int digit, out int foreign))
            {
                used = foreign;
                ascii[length++] = (byte)('0' + digit);
            }
            else
            {
                ascii[length++] = text[0];
            }

            text = text[used..];
        }

        unscaled = 0;
        ReadOnlySpan<byte> plain = ascii.AsSpan(0, length);
        return HasForeign(plain) ? DecimalParse.Invalid : TryParse(plain, precision, scale, out unscaled);
    }

    private struct Parts
    {
        public bool Negative;
        public int Start;
        public int End;
        public long Exponent;
    }
}
