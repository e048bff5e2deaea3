using System.Collections.Immutable;
using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>
/// How JSON records become rows: Flink's options of its <c>json</c> format, limits, and where columns are found.
/// </summary>
public sealed record JsonDecodeOptions
{
    /// <summary>Flink's defaults.</summary>
    public static readonly JsonDecodeOptions Default = new();

    /// <summary>Which texts are timestamps; <c>json.timestamp-format.standard</c>.</summary>
    public TimestampStandard Timestamps { get; init; } = TimestampStandard.Sql;

    /// <summary>
    /// Whether a value that does not fit its column is NULL instead of spoiling its record;
    /// <c>json.ignore-parse-errors</c>.
    /// </summary>
    public bool IgnoreParseErrors { get; init; }

    /// <summary>Whether a record must have all wanted columns; <c>json.fail-on-missing-field</c>.</summary>
    public bool FailOnMissingField { get; init; }

    /// <summary>
    /// Per column the keys that lead to its value through nested objects (<c>["payload", "user", "id"]</c>); a column
    /// that is not named here is the key of its own name.
    /// </summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Paths { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>How deep objects and arrays may be nested; a record beyond is bad.</summary>
    public int MaxDepth { get; init; } = 1000;

    /// <summary>How many digits a number may have, exponent included; a record beyond is bad.</summary>
    public int MaxDigits { get; init; } = 1000;

    /// <summary>
    /// Whether to try learnt key orders first. Off only to test that they change nothing but the speed.
    /// </summary>
    internal bool UseTemplates { get; init; } = true;
}
