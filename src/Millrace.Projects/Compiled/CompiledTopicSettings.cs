namespace Millrace.Projects;

/// <summary>What happens to a topic's old records; Kafka's <c>cleanup.policy</c>.</summary>
[Flags]
public enum CleanupPolicy
{
    /// <summary>They are deleted when the topic's retention says so.</summary>
    Delete = 1,

    /// <summary>Of each key the newest record is kept.</summary>
    Compact = 2,
}

/// <summary>How a topic's record batches are compressed; Kafka's <c>compression.type</c>.</summary>
public enum CompressionType
{
    None,
    Gzip,
    Snappy,
    Lz4,
    Zstd,
}

/// <summary>
/// How long a topic keeps what, as <c>advanced.topic.config</c> says in Kafka's names. What is not said is kept for
/// ever: that differs from Kafka, whose topics forget after seven days.
/// </summary>
public sealed record CompiledTopicSettings
{
    /// <summary>Nothing is said.</summary>
    public static readonly CompiledTopicSettings Default = new();

    /// <summary>Milliseconds for which a record is kept, by its timestamp; -1 is for ever.</summary>
    public long RetentionMs { get; init; } = -1;

    /// <summary>Bytes that a partition keeps; -1 is all.</summary>
    public long RetentionBytes { get; init; } = -1;

    /// <summary>Size at which a segment is closed; null leaves it to the log.</summary>
    public long? SegmentBytes { get; init; }

    /// <summary>Milliseconds after which a segment is closed; null means never by age.</summary>
    public long? SegmentMs { get; init; }

    /// <summary>Milliseconds for which compaction keeps the record that deletes a key.</summary>
    public long DeleteRetentionMs { get; init; } = 86_400_000;

    public CleanupPolicy Cleanup { get; init; } = CleanupPolicy.Delete;

    public CompressionType Compression { get; init; }
}
