using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Millrace.Data.Numbers;

namespace Millrace.Engine.Expressions.Decimals;

/// <summary>
/// Arithmetic of SQL DECIMALs: unscaled Int128 values with a scale beside them. Results are rounded HALF_UP (halves
/// away from zero) to the result's scale; a result with more digits than its precision is refused, which SQL turns
/// into NULL. Fast where 128 bits hold every intermediate value, <see cref="WideDecimalMath"/> else.
/// </summary>
internal static class DecimalMath
{
    public const int MaxPrecision = 38;

    /// <summary>
    /// The precision up to which Flink keeps a DECIMAL in a 64-bit integer; visible in conversions to DOUBLE.
    /// </summary>
    private const int CompactPrecision = 18;

    private static readonly double[] DoublePowers = [.. Enumerable.Range(0, 23).Select(i => (double)Power(i))];

    /// <summary>10 to the <paramref name="exponent"/>, 0 to 38.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int128 Power(int exponent) => DecimalPowers.Of(exponent);

    /// <summary>Whether a value has at most that many digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Fits(Int128 value, int precision)
    {
        Int128 limit = Power(precision);
        return value < limit && value > -limit;
    }

    /// <summary>How many digits a value has; 1 for zero.</summary>
    public static int Digits(Int128 value)
    {
        // Digits are bits · log10(2), up to one too few.
        Int128 magnitude = Int128.Abs(value);
        int bits = 128 - (int)Int128.LeadingZeroCount(magnitude);
        int digits = (bits * 1233) >> 12;
        return Math.Max(1, magnitude >= Power(digits) ? digits + 1 : digits);
    }

    /// <summary>The order of two values of different scales, exactly.</summary>
    public static int Compare(Int128 left, int leftScale, Int128 right, int rightScale)
    {
        if (leftScale < rightScale)
        {
            return -Compare(right, rightScale, left, leftScale);
        }

        int shift = leftScale - rightScale;
        if (Fits(right, MaxPrecision - shift))
        {
            return left.CompareTo(right * Power(shift));
        }

        // The right side in the left one's scale has more than 38 digits, so it is the larger in magnitude.
        return Int128.IsNegative(right) ? 1 : -1;
    }

    /// <summary>The same number at another scale.</summary>
    public static bool TryRescale(Int128 value, int from, int to, int precision, out Int128 result)
    {
        if (to >= from)
        {
            int shift = to - from;
            bool fits = Fits(value, Math.Max(0, precision - shift));
            result = fits ? value * Power(shift) : 0;
            return fits;
        }

        result = from - to > MaxPrecision ? 0 : DivideHalfUp(value, Power(from - to));
        return Fits(result, precision);
    }

    public static bool TryAdd(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result)
    {
        int common = Math.Max(scaleA, scaleB);
        int room = MaxPrecision - 1 - common;
        if (room + Math.Min(scaleA, scaleB) >= 0 && Fits(a, room + scaleA) && Fits(b, room + scaleB))
        {
            Int128 sum = (a * Power(common - scaleA)) + (b * Power(common - scaleB));
            return TryRescale(sum, common, scale, precision, out result);
        }

        return WideDecimalMath.TryAdd(a, scaleA, b, scaleB, precision, scale, out result);
    }

    public static bool TryMultiply(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result)
    {
        if (IsLong(a) && IsLong(b))
        {
            return TryRescale(a * b, scaleA + scaleB, scale, precision, out result);
        }

        return WideDecimalMath.TryMultiply(a, scaleA, b, scaleB, precision, scale, out result);
    }

    /// <summary>
    /// Divides as <c>BigDecimal</c> does with a context of 38 digits, HALF_UP, and rounds that to the scale. The
    /// divisor is not zero.
    /// </summary>
    public static bool TryDivide(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result)
    {
        Debug.Assert(b != 0, "the caller has tested the divisor");
        int shift = scale + scaleB - scaleA;
        if (shift >= 0 && shift <= MaxPrecision && Fits(a, MaxPrecision - shift))
        {
            Int128 dividend = a * Power(shift);
            Int128 quotient = dividend / b;

            // Rounding to 38 digits first cannot turn a value into a tie that the divisor's digits do not allow, so
            // that one rounding does for both.
            if (Digits(quotient) + Digits(b) <= MaxPrecision)
            {
                result = RoundHalfUp(quotient, dividend - (quotient * b), b);
                return Fits(result, precision);
            }
        }

        return WideDecimalMath.TryDivide(a, scaleA, b, scaleB, precision, scale, out result);
    }

    /// <summary>The remainder, with the dividend's sign. The divisor is not zero.</summary>
    public static bool TryModulo(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result)
    {
        int common = Math.Max(scaleA, scaleB);
        if (Fits(a, MaxPrecision - (common - scaleA)) && Fits(b, MaxPrecision - (common - scaleB)))
        {
            Int128 remainder = a * Power(common - scaleA) % (b * Power(common - scaleB));
            return TryRescale(remainder, common, scale, precision, out result);
        }

        return WideDecimalMath.TryModulo(a, scaleA, b, scaleB, precision, scale, out result);
    }

    /// <summary>The nearest DOUBLE, as Flink converts: small values by one division, others exactly.</summary>
    public static double ToDouble(Int128 value, int scale, int precision = MaxPrecision)
    {
        if (precision <= CompactPrecision || (IsExactInDouble(value) && scale < DoublePowers.Length))
        {
            return (double)(long)value / DoublePowers[scale];
        }

        Span<char> text = stackalloc char[48];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        text[length++] = 'E';
        (-scale).TryFormat(text[length..], out int exponent, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..(length + exponent)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The whole part, its low 64 bits: what Flink casts to integers.</summary>
    public static long ToInt64(Int128 value, int scale) => unchecked((long)(scale == 0 ? value : value / Power(scale)));

    /// <summary>A division rounded HALF_UP; the divisor is positive.</summary>
    public static Int128 DivideHalfUp(Int128 value, Int128 divisor)
    {
        Int128 quotient = value / divisor;
        return RoundHalfUp(quotient, value - (quotient * divisor), divisor);
    }

    private static Int128 RoundHalfUp(Int128 quotient, Int128 remainder, Int128 divisor)
    {
        Int128 rest = Int128.Abs(remainder);

        // 2 · rest >= |divisor|, without overflow.
        if (rest != 0 && rest >= Int128.Abs(divisor) - rest)
        {
            return Int128.IsNegative(remainder) == Int128.IsNegative(divisor) ? quotient + 1 : quotient - 1;
        }

        return quotient;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLong(Int128 value) => value == (long)value;

    private static bool IsExactInDouble(Int128 value) => value <= 1L << 53 && value >= -(1L << 53);
}
