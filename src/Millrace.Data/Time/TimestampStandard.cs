namespace Millrace.Data.Time;

/// <summary>
/// Which texts are timestamps: Flink's <c>json.timestamp-format.standard</c>, and the wider one of project sources.
/// </summary>
public enum TimestampStandard
{
    /// <summary>Flink's SQL: <c>2024-01-02 03:04:05.123</c>, with a Z behind it for TIMESTAMP_LTZ.</summary>
    Sql,

    /// <summary>Flink's ISO-8601: <c>2024-01-02T03:04:05.123</c>, with a Z behind it for TIMESTAMP_LTZ.</summary>
    Iso8601,

    /// <summary>
    /// Any ISO-8601 or SQL form with Z, a numeric offset, UTC or nothing (then UTC), a date alone, and numbers:
    /// seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by magnitude. Written as <see
    /// cref="Iso8601"/>.
    /// </summary>
    Lenient,
}
