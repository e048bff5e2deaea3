using Millrace.Data;

namespace Millrace.Sql.Binding;

/// <summary>
/// The type that values of two types share in CASE, COALESCE, IN and comparisons, as Flink merges logical types.
/// Nullability: nullable if either is; the construct decides otherwise where it knows better.
/// </summary>
internal static class CommonType
{
    /// <summary>The common type, or null when there is none.</summary>
    public static SqlType? Of(SqlType first, SqlType second)
    {
        bool isNullable = first.IsNullable || second.IsNullable;
        return OfNullable(first.Nullable(), second.Nullable())?.WithNullability(isNullable);
    }

    /// <summary>The common type of COALESCE's arguments, where FLOAT with DOUBLE is DOUBLE in either order.</summary>
    public static SqlType? OfArguments(SqlType first, SqlType second) =>
        first.Kind == SqlTypeKind.Float && second.Kind == SqlTypeKind.Double ? Of(second, first) : Of(first, second);

    /// <summary>The DECIMAL that holds every value of an integer type; a DECIMAL is itself.</summary>
    public static SqlType AsDecimal(SqlType type) => type.Kind switch
    {
        SqlTypeKind.TinyInt => SqlType.Decimal(3, 0).WithNullability(type.IsNullable),
        SqlTypeKind.SmallInt => SqlType.Decimal(5, 0).WithNullability(type.IsNullable),
        SqlTypeKind.Int => SqlType.Decimal(10, 0).WithNullability(type.IsNullable),
        SqlTypeKind.BigInt => SqlType.Decimal(19, 0).WithNullability(type.IsNullable),
        _ => type,
    };

    private static SqlType? OfNullable(SqlType first, SqlType second)
    {
        if (first == second)
        {
            return first;
        }

        if (first.Kind == SqlTypeKind.Null || second.Kind == SqlTypeKind.Null)
        {
            return first.Kind == SqlTypeKind.Null ? second : first;
        }

        if (first.IsNumeric && second.IsNumeric)
        {
            return OfNumbers(first, second);
        }

        if (first.IsCharacter && second.IsCharacter)
        {
            return SqlType.VarChar(Math.Max(first.Length, second.Length));
        }

        if (first.IsBinary && second.IsBinary)
        {
            return SqlType.VarBinary(Math.Max(first.Length, second.Length));
        }

        return first.Kind == second.Kind && first.IsTimestamp
            ? first.Precision >= second.Precision ? first : second
            : null;
    }

    private static SqlType OfNumbers(SqlType first, SqlType second)
    {
        if (first.IsApproximate && second.IsApproximate)
        {
            // FLOAT with DOUBLE takes the type of the first.
            return first;
        }

        if (first.IsApproximate || second.IsApproximate)
        {
            SqlType exact = first.IsApproximate ? second : first;
            SqlType approximate = first.IsApproximate ? first : second;
            return exact.Kind == SqlTypeKind.Decimal ? SqlType.Double : approximate;
        }

        if (first.IsInteger && second.IsInteger)
        {
            return first.Kind >= second.Kind ? first : second;
        }

        return OfDecimals(AsDecimal(first), AsDecimal(second));
    }

    private static SqlType OfDecimals(SqlType first, SqlType second)
    {
        int digits = Math.Max(first.Precision - first.Scale, second.Precision - second.Scale);
        int scale = Math.Min(Math.Max(first.Scale, second.Scale), SqlType.MaxDecimalPrecision - digits);
        return SqlType.Decimal(digits + scale, scale);
    }
}
