using System.Globalization;
using Millrace.Data.Numbers;

namespace Millrace.Data.Json;

/// <summary>A JSON number as a value of a SQL type, as Flink's parser converts it.</summary>
internal static class NumberValue
{
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
        1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// A fraction or exponent goes through double and is cut; what is out of the type's range does not fit.
    /// </summary>
    public static bool TryToInteger(in JsonNumber number, DecodeKind kind, out long value)
    {
        if (number.IsInteger)
        {
            return TryToLong(number, out value);
        }

        double exact = ToDouble(number);
        value = 0;
        double limit = kind == DecodeKind.Int ? int.MaxValue : long.MaxValue;
        double floor = kind == DecodeKind.Int ? int.MinValue : long.MinValue;
        if (!(exact >= floor && exact <= limit))
        {
            return false;
        }

        // The double 2^63 stands for "long.MaxValue" in Java and saturates.
        value = exact >= 9223372036854775808.0 ? long.MaxValue : (long)exact;
        return true;
    }

    public static double ToDouble(in JsonNumber number)
    {
        double value;
        if (number.IsExact && number.Mantissa <= 1UL << 53 && number.Exponent is >= -22 and <= 22)
        {
            // Both operands are exact, so the one rounding is the right one.
            double mantissa = number.Mantissa;
            value = number.Exponent < 0
                ? mantissa / PowersOfTen[-number.Exponent]
                : mantissa * PowersOfTen[number.Exponent];
            return number.Negative ? -value : value;
        }

        return double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public static float ToFloat(in JsonNumber number) =>
        float.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public static DecimalParse ToDecimal(in JsonNumber number, int precision, int scale, out Int128 unscaled) =>
        number.IsExact
            ? DecimalParser.FromParts(number.Negative, number.Mantissa, number.Exponent, precision, scale, out unscaled)
            : DecimalParser.TryParse(number.Text, precision, scale, out unscaled);

    private static bool TryToLong(in JsonNumber number, out long value)
    {
        value = 0;
        if (number.Significant > 19 || number.Mantissa > (ulong)long.MaxValue + (number.Negative ? 1UL : 0))
        {
            return false;
        }

        value = number.Negative ? (long)(0 - number.Mantissa) : (long)number.Mantissa;
        return true;
    }
}
