namespace Millrace.Projects;

/// <summary>The keys of <c>advanced.topic:</c> and of the defaults of topics.</summary>
internal static class TopicKeys
{
    private static readonly YamlKey[] Numbers =
    [
        new("partitions", "number", "partitions of the topic; default 1"),
        new("replication_factor", "number", "copies of each partition", KeyUse.Deployed),
    ];

    private static readonly KeySet Config = new(
        "a topic's config",
        new("retention.ms", "number", "how long a record is kept, by its timestamp; default -1: for ever"),
        new("retention.bytes", "number", "how much each partition keeps; default -1: all"),
        new("segment.bytes", "number", "size at which a segment is closed; 1024 or more"),
        new("segment.ms", "number", "age at which a segment is closed"),
        new("cleanup.policy", "text or list", "`delete` (default), `compact`, or both: `[compact, delete]`"),
        new("delete.retention.ms", "number", "how long compaction keeps what deletes a key; default 86400000: a day"),
        new("compression.type", "text", "`none` (default), `gzip`, `snappy`, `lz4`, `zstd`"),
        new(KeySet.AnyName, "text or number", "another setting of the topic by Kafka's name", KeyUse.Deployed));

    private static readonly YamlKey ConfigKey =
        new("config", "mapping", "settings of the topic by Kafka's names", Nested: Config);

    public static readonly KeySet Set = new(
        "a topic",
        [new("name", "text", "the topic's name; default the source's or model's name"), .. Numbers, ConfigKey]);

    public static readonly KeySet Defaults = new("the defaults of topics", [.. Numbers, ConfigKey]);
}
