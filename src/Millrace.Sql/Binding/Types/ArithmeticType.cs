using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// The result types of + − * / and % over numbers. DECIMAL follows Flink's rules of precision and scale.
/// </summary>
internal static class ArithmeticType
{
    /// <summary>The result of an operator over two numbers, or null when it does not take them.</summary>
    public static SqlType? Of(ScalarFunction function, SqlType left, SqlType right)
    {
        if (!left.IsNumeric || !right.IsNumeric)
        {
            return null;
        }

        bool isNullable = left.IsNullable || right.IsNullable;
        bool isModulo = function == ScalarFunction.Modulo;
        if (left.IsApproximate || right.IsApproximate)
        {
            return isModulo ? null : CommonType.Of(left, right);
        }

        if (left.IsInteger && right.IsInteger)
        {
            return isModulo ? right.WithNullability(isNullable) : CommonType.Of(left, right);
        }

        return OfDecimals(function, CommonType.AsDecimal(left), CommonType.AsDecimal(right)).WithNullability(
            isNullable);
    }

    private static SqlType OfDecimals(ScalarFunction function, SqlType left, SqlType right)
    {
        (int p1, int s1) = (left.Precision, left.Scale);
        (int p2, int s2) = (right.Precision, right.Scale);
        if (function == ScalarFunction.Multiply)
        {
            return Capped(p1 + p2 + 1, s1 + s2);
        }

        if (function == ScalarFunction.Divide)
        {
            int scale = Math.Max(6, s1 + p2 + 1);
            return Capped(p1 - s1 + s2 + scale, scale);
        }

        if (function == ScalarFunction.Modulo)
        {
            int scale = Math.Max(s1, s2);
            return s1 == 0 && s2 == 0 ? right : Capped(Math.Min(p1 - s1, p2 - s2) + scale, scale);
        }

        int sum = Math.Max(s1, s2);
        return Capped(Math.Max(p1 - s1, p2 - s2) + sum + 1, sum);
    }

    /// <summary>
    /// Fits a type into 38 digits: digits before the point are kept, of those behind it six where there were six.
    /// </summary>
    private static SqlType Capped(int precision, int scale)
    {
        if (precision <= SqlType.MaxDecimalPrecision)
        {
            return SqlType.Decimal(precision, scale);
        }

        int digits = precision - scale;
        return SqlType.Decimal(
            SqlType.MaxDecimalPrecision, Math.Max(SqlType.MaxDecimalPrecision - digits, Math.Min(scale, 6)));
    }
}
