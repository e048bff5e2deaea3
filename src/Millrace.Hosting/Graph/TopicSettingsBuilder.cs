using Millrace.Projects;
using Millrace.Storage.Codecs;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Graph;

/// <summary>Says in the log's words how a topic of the project keeps its records.</summary>
internal static class TopicSettingsBuilder
{
    public static TopicSettings Build(CompiledTopicSettings settings)
    {
        TopicSettings defaults = new();
        return new TopicSettings
        {
            RetentionMs = settings.RetentionMs,
            RetentionBytes = settings.RetentionBytes,
            SegmentBytes = settings.SegmentBytes,
            SegmentMs = settings.SegmentMs ?? defaults.SegmentMs,
            DeleteRetentionMs = settings.DeleteRetentionMs,
            Cleanup = CleanupOf(settings.Cleanup),
            Compression = CodecOf(settings.Compression),
        };
    }

    private static Storage.Topics.CleanupPolicy CleanupOf(Projects.CleanupPolicy policy) =>
        !policy.HasFlag(Projects.CleanupPolicy.Compact) ? Storage.Topics.CleanupPolicy.Delete
        : policy.HasFlag(Projects.CleanupPolicy.Delete) ? Storage.Topics.CleanupPolicy.CompactDelete
        : Storage.Topics.CleanupPolicy.Compact;

    private static CompressionCodec CodecOf(CompressionType type) => type switch
    {
        CompressionType.Gzip => CompressionCodec.Gzip,
        CompressionType.Snappy => CompressionCodec.Snappy,
        CompressionType.Lz4 => CompressionCodec.Lz4,
        CompressionType.Zstd => CompressionCodec.Zstd,
        _ => CompressionCodec.None,
    };
}
