using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>What becomes of a MAP entry whose key is NULL; Flink's <c>json.map-null-key.mode</c>.</summary>
public enum MapNullKeyMode
{
    /// <summary>The row cannot be written.</summary>
    Fail,

    /// <summary>The entry is left out.</summary>
    Drop,

    /// <summary>The key is <see cref="JsonEncodeOptions.MapNullKeyLiteral"/>.</summary>
    Literal,
}

/// <summary>How rows become JSON records: Flink's options of its <c>json</c> format.</summary>
public sealed record JsonEncodeOptions
{
    /// <summary>Flink's defaults.</summary>
    public static readonly JsonEncodeOptions Default = new();

    /// <summary>How timestamps are written; <c>json.timestamp-format.standard</c>.</summary>
    public TimestampStandard Timestamps { get; init; } = TimestampStandard.Sql;

    /// <summary>
    /// DECIMAL with all digits of its scale instead of 1E+2; <c>json.encode.decimal-as-plain-number</c>.
    /// </summary>
    public bool DecimalAsPlainNumber { get; init; }

    /// <summary>Leaves out NULL columns and NULL fields of rows; <c>json.encode.ignore-null-fields</c>.</summary>
    public bool IgnoreNullFields { get; init; }

    public MapNullKeyMode MapNullKeys { get; init; }

    public string MapNullKeyLiteral { get; init; } = "null";
}
