using Millrace.Storage.Codecs;

namespace Millrace.Storage.Topics;

/// <summary>
/// How a topic keeps its records. The names are Kafka's topic configurations in C# spelling. They are given whenever
/// the topic is opened and may differ each time: they are no part of what the topic is. -1 means: no limit.
/// </summary>
public sealed record TopicSettings
{
    /// <summary>
    /// <c>retention.ms</c>: a segment whose newest record is older goes. Default -1 (Kafka's: 604800000, a week).
    /// </summary>
    public long RetentionMs { get; init; } = -1;

    /// <summary>
    /// <c>retention.bytes</c>: the oldest segments of a partition go while the rest is at least so large. Default -1,
    /// as Kafka's.
    /// </summary>
    public long RetentionBytes { get; init; } = -1;

    /// <summary>
    /// <c>segment.bytes</c>: the size at which a new segment begins. Default null: the folder's, 256 MiB (Kafka's:
    /// 1 GiB).
    /// </summary>
    public long? SegmentBytes { get; init; }

    /// <summary>
    /// <c>segment.ms</c>: a segment takes no more when a record is by so much newer than its first, or when its first
    /// is so old while nothing is appended. Default 604800000, a week, as Kafka's.
    /// </summary>
    public long SegmentMs { get; init; } = 604_800_000;

    /// <summary><c>cleanup.policy</c>; default <see cref="CleanupPolicy.Delete"/>, as Kafka's.</summary>
    public CleanupPolicy Cleanup { get; init; }

    /// <summary>
    /// <c>compression.type</c>, of what is appended from now on; batches that are there stay as they are. Default none
    /// (Kafka's: <c>producer</c>, whatever the producer sends).
    /// </summary>
    public CompressionCodec Compression { get; init; }

    /// <summary>
    /// <c>delete.retention.ms</c>: for how long compaction keeps a record without value, which deletes its key.
    /// Default 86400000, a day, as Kafka's.
    /// </summary>
    public long DeleteRetentionMs { get; init; } = 86_400_000;

    /// <summary>
    /// <c>min.cleanable.dirty.ratio</c>: compaction begins when so much of what it could rewrite is new since the last
    /// time. Default 0.5, as Kafka's.
    /// </summary>
    public double MinCleanableDirtyRatio { get; init; } = 0.5;

    /// <summary>True when whole segments go by age and size.</summary>
    public bool Deletes => Cleanup != CleanupPolicy.Compact;

    /// <summary>True when segments go by age or size.</summary>
    public bool Limits => Deletes && (RetentionMs >= 0 || RetentionBytes >= 0);

    /// <summary>True when the last record of each key stays.</summary>
    public bool Compacts => Cleanup != CleanupPolicy.Delete;
}
