namespace Millrace.Data;

/// <summary>Writes a type as Flink's <c>DESCRIBE</c> and the specs write it: <c>BIGINT NOT NULL</c>,
/// <c>MULTISET&lt;STRING&gt;</c>.</summary>
internal static class SqlTypePrinter
{
    public static string Print(SqlType type) => type.IsNullable ? Root(type) : Root(type) + " NOT NULL";

    private static string Root(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Null => "NULL",
        SqlTypeKind.Int => "INTEGER",
        SqlTypeKind.Decimal => $"DECIMAL({type.Precision},{type.Scale})",
        SqlTypeKind.Char => $"CHAR({type.Length})",
        SqlTypeKind.VarChar => type.Length == SqlType.MaxLength ? "STRING" : $"VARCHAR({type.Length})",
        SqlTypeKind.Binary => $"BINARY({type.Length})",
        SqlTypeKind.VarBinary => type.Length == SqlType.MaxLength ? "BYTES" : $"VARBINARY({type.Length})",
        SqlTypeKind.Time => $"TIME({type.Precision})",
        SqlTypeKind.Timestamp => $"TIMESTAMP({type.Precision})",
        SqlTypeKind.TimestampLtz => $"TIMESTAMP_LTZ({type.Precision})",
        SqlTypeKind.IntervalYearMonth => "INTERVAL_YEAR_MONTH",
        SqlTypeKind.IntervalDayTime => "INTERVAL_DAY_TIME",
        SqlTypeKind.Array => $"ARRAY<{type.Element}>",
        SqlTypeKind.Multiset => $"MULTISET<{type.Element}>",
        SqlTypeKind.Map => $"MAP<{type.Key}, {type.Element}>",
        SqlTypeKind.Row => $"ROW<{string.Join(", ", type.Fields.Items.Select(f => $"`{f.Name}` {f.Type}"))}>",
        _ => type.Kind.ToString().ToUpperInvariant(),
    };
}
