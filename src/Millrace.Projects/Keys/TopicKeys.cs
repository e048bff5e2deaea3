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
        "a topic's config", new YamlKey(
            KeySet.AnyName, "text or number", "a setting of the topic by Kafka's name", KeyUse.Deployed));

    public static readonly KeySet Set = new(
        "a topic",
        [
            new("name", "text", "the topic's name; default the source's or model's name"),
            .. Numbers,
            new("config", "mapping", "settings of the topic by Kafka's names: `retention.ms`", KeyUse.Deployed, Config),
        ]);

    public static readonly KeySet Defaults = new("the defaults of topics", Numbers);
}
