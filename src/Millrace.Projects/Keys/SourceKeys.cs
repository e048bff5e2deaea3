namespace Millrace.Projects;

/// <summary>The keys of an item of <c>sources:</c>.</summary>
internal static class SourceKeys
{
    private static readonly KeySet Freshness = new(
        "freshness",
        [
            .. KeySet.Duration("warn_after", "warn when the newest record is older"),
            .. KeySet.Duration("error_after", "an error when the newest record is older"),
            new("max_lag_seconds", "number", "`error_after` in seconds"),
        ]);

    private static readonly KeySet Schema = new(
        "a schema",
        new("format", "text", "how records are encoded: `json`"),
        new("definition", "text", "a JSON Schema or an Avro record in JSON; its fields are columns with types"),
        new("registry", "text", "schema registries come with deployment; give the `definition` inline", KeyUse.NotYet),
        new("subject", "text", "schema registries come with deployment; give the `definition` inline", KeyUse.NotYet));

    private static readonly KeySet Dedup = new(
        "dedup",
        [
            new("key", "text", "the column that is the same in duplicates; NULL is never a duplicate; required"),
            .. KeySet.Duration(
                "window", "how long a key is remembered, in time of arrival; required"),
        ]);

    private static readonly KeySet Advanced = new(
        "a source's advanced settings",
        new("topic", "mapping", "settings of the topic", Nested: TopicKeys.Set),
        new("event_time", "mapping", "settings of event time; adds to `event_time:`", Nested: EventTimeKeys.Set));

    public static readonly KeySet Set = new(
        "a source",
        new("name", "text", "the name that `source(\"..\")` uses; required"),
        new("topic", "text", "the topic; default the source's name"),
        new("description", "text", "for people", KeyUse.Described),
        new("owner", "text", "who answers for it", KeyUse.Described),
        new("tags", "text or list", "for people and tools", KeyUse.Described),
        new("cluster", "text", "the Kafka cluster", KeyUse.Deployed),
        new("columns", "list", "the columns; required unless `schema` gives them", Nested: ColumnKeys.Set),
        new("schema", "mapping", "columns and types from a schema", Nested: Schema),
        new("key", "text", "the column that is the records' key; the key of versions, where AS OF reads the source"),
        new("event_time", "mapping", "the time column and its watermark", Nested: EventTimeKeys.Set),
        new("freshness", "mapping", "how old the newest record may be", Nested: Freshness),
        new("advanced", "mapping", "overrides of defaults", Nested: Advanced),
        new("dedup", "mapping", "drops records that came before", Nested: Dedup));
}
