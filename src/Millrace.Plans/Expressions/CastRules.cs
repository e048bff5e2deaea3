using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// What may be cast to what, by Flink's rules of explicit casts, and what Millrace's engine has a kernel for.
/// </summary>
public static class CastRules
{
    /// <summary>The finest TIMESTAMP that columns can hold.</summary>
    private const int FinestTimestamp = 3;

    /// <summary>Whether CAST (and TRY_CAST) between the types exists; nullability plays no part.</summary>
    public static CastSupport Check(SqlType from, SqlType to)
    {
        if (!IsAllowed(from, to))
        {
            return CastSupport.Refused;
        }

        return IsStored(from) && IsStored(to) && HasKernel(from, to) ? CastSupport.Supported : CastSupport.NotYet;
    }

    private static bool IsAllowed(SqlType from, SqlType to)
    {
        if (from.Kind == SqlTypeKind.Null || to.IsCharacter)
        {
            return true;
        }

        return to.Kind switch
        {
            SqlTypeKind.Boolean => from.Kind == SqlTypeKind.Boolean || from.IsCharacter || from.IsNumeric,
            SqlTypeKind.Binary or SqlTypeKind.VarBinary => from.IsCharacter || from.IsBinary,
            SqlTypeKind.Date => from.Kind == SqlTypeKind.Date || from.IsCharacter || from.IsTimestamp,
            SqlTypeKind.Time => from.Kind == SqlTypeKind.Time || from.IsCharacter || from.IsTimestamp,
            SqlTypeKind.Timestamp or SqlTypeKind.TimestampLtz =>
                from.IsCharacter || from.IsTimestamp || from.Kind is SqlTypeKind.Date or SqlTypeKind.Time,
            SqlTypeKind.IntervalDayTime or SqlTypeKind.IntervalYearMonth => from.Kind == to.Kind,
            SqlTypeKind.Array or SqlTypeKind.Multiset =>
                from.Kind == to.Kind && IsAllowed(from.Element!, to.Element!),
            SqlTypeKind.Map => from.Kind == SqlTypeKind.Map
                && IsAllowed(from.Key!, to.Key!) && IsAllowed(from.Element!, to.Element!),
            SqlTypeKind.Row => from.Kind == SqlTypeKind.Row && FieldsAreAllowed(from, to),
            _ => to.IsNumeric && (from.IsCharacter || from.IsNumeric || from.Kind == SqlTypeKind.Boolean),
        };
    }

    private static bool FieldsAreAllowed(SqlType from, SqlType to)
    {
        bool fits = from.Fields.Items.Length == to.Fields.Items.Length;
        for (int i = 0; fits && i < to.Fields.Items.Length; i++)
        {
            fits = IsAllowed(from.Fields.Items[i].Type, to.Fields.Items[i].Type);
        }

        return fits;
    }

    private static bool IsStored(SqlType type) =>
        !type.IsTimestamp || type.Precision <= FinestTimestamp;

    private static bool HasKernel(SqlType from, SqlType to)
    {
        bool isNested = to.Element is not null || to.Kind == SqlTypeKind.Row;
        return !isNested || from.IsSameTypeAs(to);
    }
}
