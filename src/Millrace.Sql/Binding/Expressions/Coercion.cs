using Millrace.Data;
using Millrace.Plans;
using Millrace.Data.Numbers;

namespace Millrace.Sql.Binding;

/// <summary>
/// Implicit conversions: brings an expression to a type by a CAST, or for free where storage is the same (a CHAR
/// literal as a VARCHAR). A literal is converted here and now, so that kernels see plain constants.
/// </summary>
internal static class Coercion
{
    /// <summary>The expression as a value of the type; nullability stays the expression's own.</summary>
    public static Expression To(Expression expression, SqlType type)
    {
        SqlType wanted = type.WithNullability(expression.Type.IsNullable);
        if (expression.Type == wanted)
        {
            return expression;
        }

        if (expression is Literal literal && TryConvert(literal, wanted) is { } converted)
        {
            return converted;
        }

        return IsSameStorage(expression.Type, wanted) ? expression : new CastExpression(expression, wanted);
    }

    private static bool IsSameStorage(SqlType from, SqlType to) =>
        (from.IsCharacter && to.IsCharacter)
        || (from.IsBinary && to.IsBinary)
        || (from.Kind == to.Kind && from.IsTimestamp && from.Precision <= 3 && to.Precision <= 3);

    private static Literal? TryConvert(Literal literal, SqlType type)
    {
        if (literal.Value is null)
        {
            return Literal.NullOf(type);
        }

        object? value = (literal.Value, type.Kind) switch
        {
            (int v, SqlTypeKind.BigInt) => (long)v,
            (int v, SqlTypeKind.Double) => (double)v,
            (int v, SqlTypeKind.Float) => (float)v,
            (long v, SqlTypeKind.Double) => (double)v,
            (long v, SqlTypeKind.Float) => (float)v,
            (int v, SqlTypeKind.Decimal) => Scaled(v, 0, type.Scale),
            (long v, SqlTypeKind.Decimal) => Scaled(v, 0, type.Scale),
            (Int128 v, SqlTypeKind.Decimal) when type.Scale >= literal.Type.Scale =>
                Scaled(v, literal.Type.Scale, type.Scale),
            (Int128 v, SqlTypeKind.Double) => double.Parse(
                DecimalLiteralText(v, literal.Type.Scale), System.Globalization.CultureInfo.InvariantCulture),
            (byte[] v, SqlTypeKind.VarChar or SqlTypeKind.VarBinary) => v,
            _ => null,
        };
        return value is null ? null : new Literal(value, type);
    }

    private static Int128 Scaled(Int128 value, int from, int to) => value * DecimalPowers.Of(to - from);

    private static string DecimalLiteralText(Int128 unscaled, int scale) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{unscaled}e-{scale}");
}
