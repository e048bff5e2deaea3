using System.Numerics;

namespace Millrace.Data.Numbers;

/// <summary>
/// Hexadecimal floating point of Java's grammar behind the 0x: hex digits with an optional point, p, a decimal
/// exponent.
/// </summary>
internal static class HexFloat
{
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        int p = text.IndexOfAny((byte)'p', (byte)'P');
        if (p < 0 || !DoubleParser.IsExponent(text[(p + 1)..]))
        {
            return false;
        }

        int digits = 0;
        int points = 0;
        foreach (byte b in text[..p])
        {
            digits += char.IsAsciiHexDigit((char)b) ? 1 : 0;
            points += b == '.' ? 1 : 0;
        }

        return digits > 0 && points <= 1 && digits + points == p;
    }

    /// <summary>The nearest double, ties to even, of a valid text.</summary>
    public static double ToDouble(ReadOnlySpan<byte> text)
    {
        int p = text.IndexOfAny((byte)'p', (byte)'P');
        BigInteger mantissa = BigInteger.Zero;
        long exponent = Exponent(text[(p + 1)..]);
        bool point = false;
        foreach (byte b in text[..p])
        {
            if (b == '.')
            {
                point = true;
                continue;
            }

            mantissa = (mantissa << 4) | Convert.ToInt32(((char)b).ToString(), 16);
            exponent -= point ? 4 : 0;
        }

        return Round(mantissa, exponent);
    }

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        long value = 0;
        foreach (byte b in text)
        {
            value = b is (byte)'-' or (byte)'+' ? 0 : Math.Min(value * 10 + (b - '0'), 1_000_000_000);
        }

        return text[0] == '-' ? -value : value;
    }

    // 53 bits are kept, fewer where the result is subnormal; the bits cut off decide the rounding.
    private static double Round(BigInteger mantissa, long exponent)
    {
        if (mantissa.IsZero)
        {
            return 0;
        }

        long top = exponent + (long)mantissa.GetBitLength() - 1;
        if (top > 1023 || top < -1075)
        {
            return top > 0 ? double.PositiveInfinity : 0;
        }

        long cut = Math.Max(top - 52, -1074) - exponent;
        if (cut <= 0)
        {
            return Math.ScaleB((double)mantissa, (int)exponent);
        }

        BigInteger kept = mantissa >> (int)cut;
        BigInteger rest = mantissa - (kept << (int)cut);
        BigInteger half = BigInteger.One << (int)(cut - 1);
        int order = rest.CompareTo(half);
        kept += order > 0 || (order == 0 && !kept.IsEven) ? 1 : 0;
        return Math.ScaleB((double)kept, (int)(exponent + cut));
    }
}
