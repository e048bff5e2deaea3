using System.Globalization;

namespace Millrace.Projects;

/// <summary>Makes a topic's settings of its config, whose values the reader has checked.</summary>
internal static class TopicSettings
{
    public static CompiledTopicSettings Of(IReadOnlyDictionary<string, string> config)
    {
        CompiledTopicSettings unsaid = CompiledTopicSettings.Default;
        return new CompiledTopicSettings
        {
            RetentionMs = Number(config, TopicConfigReader.RetentionMs) ?? unsaid.RetentionMs,
            RetentionBytes = Number(config, TopicConfigReader.RetentionBytes) ?? unsaid.RetentionBytes,
            SegmentBytes = Number(config, TopicConfigReader.SegmentBytes),
            SegmentMs = Number(config, TopicConfigReader.SegmentMs),
            DeleteRetentionMs = Number(config, TopicConfigReader.DeleteRetentionMs) ?? unsaid.DeleteRetentionMs,
            Cleanup = CleanupOf(config.GetValueOrDefault(TopicConfigReader.Cleanup, "delete")),
            Compression = CompressionOf(config.GetValueOrDefault(TopicConfigReader.Compression, "none")),
        };
    }

    private static long? Number(IReadOnlyDictionary<string, string> config, string name) =>
        config.TryGetValue(name, out string? text) ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static CleanupPolicy CleanupOf(string words) => words.Split(',')
        .Select(w => w == "compact" ? CleanupPolicy.Compact : CleanupPolicy.Delete)
        .Aggregate((a, b) => a | b);

    private static CompressionType CompressionOf(string word) => word switch
    {
        "gzip" => CompressionType.Gzip,
        "snappy" => CompressionType.Snappy,
        "lz4" => CompressionType.Lz4,
        "zstd" => CompressionType.Zstd,
        _ => CompressionType.None,
    };
}
