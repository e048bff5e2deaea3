namespace Millrace.Hosting.Status;

/// <summary>What the topics' settings have let go.</summary>
public sealed record RetentionStatus
{
    /// <summary>Bytes that retention and compaction have taken from the topics since the start.</summary>
    public long RemovedBytes { get; init; }

    /// <summary>When it last looked, ms since the epoch; null before.</summary>
    public long? LastMs { get; init; }

    /// <summary>The place at which the ledger begins.</summary>
    public long FirstPosition { get; init; }

    /// <summary>How often it did not succeed; it is tried again.</summary>
    public long Failures { get; init; }

    /// <summary>Why the last time.</summary>
    public string? LastFailure { get; init; }
}
