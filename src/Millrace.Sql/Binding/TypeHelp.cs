using Millrace.Data;

namespace Millrace.Sql.Binding;

/// <summary>What to do about a type that does not fit, in words for the help of a diagnostic.</summary>
internal static class TypeHelp
{
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TEXT"] = "STRING", ["NVARCHAR"] = "STRING", ["VARCHAR2"] = "STRING", ["CLOB"] = "STRING", ["UUID"] = "STRING",
        ["JSON"] = "STRING", ["NUMBER"] = "DECIMAL(p, s), or DOUBLE", ["MONEY"] = "DECIMAL(19, 4)",
        ["LONG"] = "BIGINT", ["INT8"] = "BIGINT", ["INT64"] = "BIGINT", ["INT4"] = "INT", ["INT32"] = "INT",
        ["FLOAT8"] = "DOUBLE", ["FLOAT64"] = "DOUBLE", ["BOOL"] = "BOOLEAN", ["BLOB"] = "BYTES", ["BYTEA"] = "BYTES",
        ["DATETIME"] = "TIMESTAMP(3)", ["TIMESTAMPTZ"] = "TIMESTAMP_LTZ(3)", ["TIMESTAMP_NTZ"] = "TIMESTAMP(3)",
    };

    /// <summary>Two types that stand together and do not go together.</summary>
    public static string Mixed(SqlType first, SqlType second)
    {
        (SqlType text, SqlType other) = first.IsCharacter ? (first, second) : (second, first);
        bool hasTime = IsTime(first) || IsTime(second);
        return text.IsCharacter && other.IsNumeric ? $"CAST the text to a number: CAST(.. AS {other.Nullable()})"
            : text.IsCharacter && hasTime ? $"CAST the text to a time: CAST(.. AS {other.Nullable()})"
            : hasTime && (first.IsNumeric || second.IsNumeric)
                ? "a time goes with a time, or with an INTERVAL: INTERVAL '5' MINUTE"
            : "CAST one side to the type of the other";
    }

    /// <summary>Something else than was wanted; null where nothing general can be said.</summary>
    public static string? Wanted(string wanted) => wanted switch
    {
        "a condition" => "compare it with something, as in x > 0",
        "a number" => "CAST it to one, as in CAST(x AS DOUBLE)",
        "text" => "CAST it: CAST(x AS STRING)",
        _ => null,
    };

    /// <summary>A literal of time that cannot be read.</summary>
    public static string? Literal(string type) => type switch
    {
        "DATE" => "write DATE '2026-01-31', a day that there is",
        "TIME" => "write TIME '23:59:59'",
        "TIMESTAMP" => "write TIMESTAMP '2026-01-31 23:59:59.999'",
        _ => null,
    };

    /// <summary>A name that is no type here.</summary>
    public static string Unknown(string name)
    {
        string bare = name.Split('(')[0].Trim();
        return Elsewhere.TryGetValue(bare, out string? here)
            ? $"write {here}"
            : "there are: STRING, BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p, s), DATE, TIME, TIMESTAMP(3), "
                + "TIMESTAMP_LTZ(3), BYTES, ARRAY<..>, MAP<.., ..>, ROW<..> and more";
    }

    private static bool IsTime(SqlType type) =>
        type.IsTimestamp || type.Kind is SqlTypeKind.Date or SqlTypeKind.Time;
}
