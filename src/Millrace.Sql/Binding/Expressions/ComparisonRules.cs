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
/// Which types compare, and as what, by Flink's rules: numbers after widening as Java widens, DECIMAL beside DOUBLE as
/// DOUBLE, text with text by its bytes. A text beside a time is that time. A number and a text can't be equal; whether
/// one is less than the other is asked of the text as a number. Nested values have no order.
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

        return left.IsCharacter || right.IsCharacter ? Texts(left, right, isEquality)
            : IsNested(left) || IsNested(right) ? Nested(left, right, isEquality)
            : (Refusal(left, right), null, null);
    }

    // A DECIMAL is compared with another, or with a DOUBLE, as it stands; the kernels mind the scales. An integer
    // beside a FLOAT becomes one.
    private static (Comparability Answer, SqlType? Left, SqlType? Right) Numbers(SqlType left, SqlType right)
    {
        if (left.Kind == SqlTypeKind.Decimal || right.Kind == SqlTypeKind.Decimal)
        {
            return (Comparability.Yes, BesideDecimal(left), BesideDecimal(right));
        }

        SqlType common = left.Kind == SqlTypeKind.Double || right.Kind == SqlTypeKind.Double ? SqlType.Double
            : left.IsApproximate || right.IsApproximate ? SqlType.Float
            : CommonType.Of(left, right)!;
        return (Comparability.Yes, common, common);
    }

    private static SqlType BesideDecimal(SqlType type) =>
        type.IsApproximate ? SqlType.Double : CommonType.AsDecimal(type);

    private static (Comparability Answer, SqlType? Left, SqlType? Right) Texts(
        SqlType left, SqlType right, bool isEquality)
    {
        SqlType other = left.IsCharacter ? right : left;
        bool isTime = other.IsTimestamp || other.Kind is SqlTypeKind.Date or SqlTypeKind.Time;
        if (isTime || (other.IsNumeric && !isEquality))
        {
            return (Comparability.Yes, other, other);
        }

        bool isRefused = other.IsNumeric || other.IsBinary || (other.Kind == SqlTypeKind.Boolean && isEquality);
        return (isRefused ? Comparability.No : Comparability.NotYet, null, null);
    }

    private static (Comparability Answer, SqlType? Left, SqlType? Right) Nested(
        SqlType left, SqlType right, bool isEquality)
    {
        bool isRow = left.Kind == SqlTypeKind.Row && left.IsSameTypeAs(right)
            && left.Fields.Items.All(f => !IsNested(f.Type));
        return isEquality && isRow ? (Comparability.Yes, left, right)
            : (left.Kind == right.Kind && isEquality ? Comparability.NotYet : Comparability.No, null, null);
    }

    private static bool IsNested(SqlType type) => type.Element is not null || type.Kind == SqlTypeKind.Row;

    private static Comparability Refusal(SqlType left, SqlType right)
    {
        bool isScalar = IsPlain(left) && IsPlain(right);
        bool isZoneMix = left.IsTimestamp && right.IsTimestamp;
        return isScalar && !isZoneMix ? Comparability.No : Comparability.NotYet;
    }

    private static bool IsPlain(SqlType type) =>
        type.IsNumeric || type.IsTimestamp || type.Kind is SqlTypeKind.Boolean or SqlTypeKind.Date or SqlTypeKind.Time;
}
