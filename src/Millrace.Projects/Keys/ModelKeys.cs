namespace Millrace.Projects;

/// <summary>The keys of an item of <c>models:</c>.</summary>
internal static class ModelKeys
{
    private static readonly KeySet Flink = new(
        "a model's flink settings",
        [
            new("parallelism", "number", "parallel tasks of the job", KeyUse.Deployed),
            .. KeySet.Duration(
                "checkpoint_interval",
                "time between snapshots of the state, the least of all models; a bare number is ms; default 30s"),
            new("state_backend", "text", "`hashmap` or `rocksdb`", KeyUse.Deployed),
            .. KeySet.Duration("state_ttl", "state that expires changes results", KeyUse.NotYet),
        ]);

    private static readonly KeySet Advanced = new(
        "a model's advanced settings",
        new("topic", "mapping", "settings of the model's topic", Nested: TopicKeys.Set),
        new("event_time", "mapping", "settings of event time; adds to `event_time:`", Nested: EventTimeKeys.Set),
        new("flink", "mapping", "settings of the job", Nested: Flink),
        new("flink_cluster", "text", "the Flink cluster", KeyUse.Deployed),
        new("connect_cluster", "text", "the Kafka Connect cluster", KeyUse.Deployed),
        new("gateway", "mapping", "virtual topics are not built", KeyUse.NotYet));

    private static readonly KeySet Sink = new(
        "a sink",
        new("connector", "text", "the connector's class", KeyUse.Described),
        new("config", "mapping", "the connector's settings", KeyUse.Described));

    public static readonly KeySet Set = new(
        "a model",
        new("name", "text", "the name that `ref(\"..\")` uses; required"),
        new("description", "text", "for people", KeyUse.Described),
        new("owner", "text", "who answers for it", KeyUse.Described),
        new("tags", "text or list", "for people and tools", KeyUse.Described),
        new("access", "text", "`private`, `protected` or `public`", KeyUse.Described),
        new("group", "text", "for people and tools", KeyUse.Described),
        new("version", "text or number", "for people and tools", KeyUse.Described),
        new("deprecation", "mapping", "for people and tools", KeyUse.Described),
        new("key", "text", "the column that is the rows' key: it decides the partition, and the API looks up by it"),
        new("sql", "text", "the SELECT; required unless the model is a sink"),
        new("materialized", "text", "`topic` or `flink`; default what the query needs"),
        new("columns", "list", "what is said of the query's columns", Nested: ColumnKeys.Set),
        new("event_time", "mapping", "the time column of its topic and the watermark", Nested: EventTimeKeys.Set),
        new("advanced", "mapping", "overrides of defaults", Nested: Advanced),
        new("from", "text or list", "the tables that a sink writes; sinks are not run yet", KeyUse.Used),
        new("sink", "mapping", "where a sink writes; sinks are not run yet", KeyUse.Used, Sink),
        new("security", "mapping", "masking is not built, and the rows would go out unmasked", KeyUse.NotYet),
        new("ml_outputs", "mapping", "ML_PREDICT is not built", KeyUse.NotYet));
}
