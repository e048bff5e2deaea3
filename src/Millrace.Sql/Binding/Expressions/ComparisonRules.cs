using Millrace.Data;

namespace Millrace.Sql.Binding;

/// <summary>Whether two types can be compared.</summary>
internal enum Comparability
{
    Yes,

    /// <summary>Flink refuses the pair, and so do we.</summary>
    No,

    /// <summary>Flink takes the pair; we do not yet.</summary>
    NotYet,
}

/// <summary>
/// Which types compare, and as what, by Flink's rules: numbers after widening, DECIMAL beside DOUBLE as DOUBLE, text
/// with text by its bytes. A number and a text can't be equal; whether one is less than the other is asked of the
/// text as a number.
/// </summary>
internal static class ComparisonRules
{
    public static (Comparability Answer, SqlType? Left, SqlType? Right) Of(SqlType left, SqlType right, bool isEquality)
    {
        if (left.IsNumeric && right.IsNumeric)
        {
            return Numbers(left, right);
        }

        if ((left.IsCharacter && right.IsCharacter) || (left.IsBinary && right.IsBinary))
        {
            return (Comparability.Yes, left, right);
        }

        if (left.Kind == right.Kind
            && (left.IsInterval || left.Kind is SqlTypeKind.Boolean or SqlTypeKind.Date or SqlTypeKind.Time))
        {
            return (Comparability.Yes, left, right);
        }

        if (left.Kind == right.Kind && left.IsTimestamp)
        {
            bool isMillis = left.Precision <= 3 && right.Precision <= 3;
            return (isMillis ? Comparability.Yes : Comparability.NotYet, left, right);
        }

        return (Refusal(left, right, isEquality), null, null);
    }

    // A DECIMAL is compared with another, or with a DOUBLE, as it stands; the kernels mind the scales.
    private static (Comparability Answer, SqlType? Left, SqlType? Right) Numbers(SqlType left, SqlType right)
    {
        if (left.Kind == SqlTypeKind.Float != (right.Kind == SqlTypeKind.Float))
        {
            SqlType other = left.Kind == SqlTypeKind.Float ? right : left;
            return other.IsInteger
                ? (Comparability.NotYet, null, null)
                : (Comparability.Yes, Widened(left), Widened(right));
        }

        if (left.Kind == SqlTypeKind.Decimal || right.Kind == SqlTypeKind.Decimal)
        {
            return (Comparability.Yes, CommonType.AsDecimal(left), CommonType.AsDecimal(right));
        }

        SqlType common = CommonType.Of(left, right)!;
        return (Comparability.Yes, common, common);
    }

    private static SqlType Widened(SqlType type) => type.Kind == SqlTypeKind.Float ? SqlType.Double : type;

    private static Comparability Refusal(SqlType left, SqlType right, bool isEquality)
    {
        (SqlType text, SqlType other) = left.IsCharacter ? (left, right) : (right, left);
        if (text.IsCharacter)
        {
            return other.IsNumeric && isEquality ? Comparability.No
                : other.Kind == SqlTypeKind.Boolean && isEquality ? Comparability.No
                : Comparability.NotYet;
        }

        bool isScalar = IsPlain(left) && IsPlain(right);
        bool isZoneMix = left.IsTimestamp && right.IsTimestamp;
        return isScalar && !isZoneMix ? Comparability.No : Comparability.NotYet;
    }

    private static bool IsPlain(SqlType type) =>
        type.IsNumeric || type.IsTimestamp || type.Kind is SqlTypeKind.Boolean or SqlTypeKind.Date or SqlTypeKind.Time;
}
