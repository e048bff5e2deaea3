using System.Numerics;

namespace Millrace.Engine.Expressions.Decimals;

/// <summary>
/// The operations of <see cref="DecimalMath"/> for values whose intermediate results need more than 128 bits.
/// Allocates.
/// </summary>
internal static class WideDecimalMath
{
    public static bool TryAdd(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result)
    {
        int common = Math.Max(scaleA, scaleB);
        BigInteger sum = (a * Power(common - scaleA)) + (b * Power(common - scaleB));
        return TryRound(sum, common, precision, scale, out result);
    }

    public static bool TryMultiply(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result) =>
        TryRound((BigInteger)a * b, scaleA + scaleB, precision, scale, out result);

    public static bool TryDivide(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result)
    {
        // Shifted so that the quotient has 38 or 39 digits; with 39 one less will do.
        int shift = DecimalMath.MaxPrecision + DecimalMath.Digits(b) - DecimalMath.Digits(a);
        BigInteger quotient = Shifted(a, b, shift);
        if (BigInteger.Abs(quotient) > Power(DecimalMath.MaxPrecision))
        {
            quotient = Shifted(a, b, --shift);
        }

        return TryRound(quotient, shift + scaleA - scaleB, precision, scale, out result);
    }

    public static bool TryModulo(
        Int128 a, int scaleA, Int128 b, int scaleB, int precision, int scale, out Int128 result)
    {
        int common = Math.Max(scaleA, scaleB);
        BigInteger remainder = BigInteger.Remainder(a * Power(common - scaleA), b * Power(common - scaleB));
        return TryRound(remainder, common, precision, scale, out result);
    }

    /// <summary>A value at one scale as a DECIMAL of another, HALF_UP.</summary>
    public static bool TryRound(BigInteger value, int from, int precision, int to, out Int128 result)
    {
        BigInteger rounded = from <= to ? value * Power(to - from) : DivideHalfUp(value, Power(from - to));
        bool fits = BigInteger.Abs(rounded) < Power(precision);
        result = fits ? (Int128)rounded : 0;
        return fits;
    }

    // a · 10^shift / b, HALF_UP; the shift may be negative.
    private static BigInteger Shifted(Int128 a, Int128 b, int shift) => shift >= 0
        ? DivideHalfUp(a * Power(shift), b)
        : DivideHalfUp(a, b * Power(-shift));

    private static BigInteger DivideHalfUp(BigInteger value, BigInteger divisor)
    {
        BigInteger quotient = BigInteger.DivRem(value, divisor, out BigInteger remainder);
        if (BigInteger.Abs(remainder) * 2 >= BigInteger.Abs(divisor))
        {
            quotient += remainder.Sign * divisor.Sign;
        }

        return quotient;
    }

    private static BigInteger Power(int exponent) => BigInteger.Pow(10, exponent);
}
