namespace Millrace.Data.Time;

/// <summary>
/// The forms of timestamps that a lenient reader met: what <c>status</c> reports of a source that mixes them.
/// </summary>
[Flags]
public enum TimestampForms
{
    None = 0,

    /// <summary>A text with a T between date and time.</summary>
    Iso8601 = 1,

    /// <summary>A text with a blank between date and time.</summary>
    Sql = 2,

    /// <summary>A date without a time.</summary>
    Date = 4,

    /// <summary>A text with Z, UTC or GMT.</summary>
    Utc = 8,

    /// <summary>A text with a numeric offset.</summary>
    Offset = 16,

    /// <summary>A text without a zone, read as UTC.</summary>
    Local = 32,
    EpochSeconds = 64,
    EpochMillis = 128,
    EpochMicros = 256,
    EpochNanos = 512,
}
