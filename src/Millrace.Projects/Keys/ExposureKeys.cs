namespace Millrace.Projects;

/// <summary>The keys of an item of <c>exposures:</c>.</summary>
internal static class ExposureKeys
{
    private const string NotMeasured = "this promise is not measured; `latency_p99_ms` and `availability` are";

    private static readonly KeySet Reference = new(
        "a reference",
        new("ref", "text", "a model"),
        new("source", "text", "a source"));

    private static readonly KeySet Sla = new(
        "an sla",
        new("latency_p99_ms", "number", "99 of 100 answers come within so many milliseconds"),
        new("availability", "number or text", "answers without a server error, in percent: `99.95`, `\"99.95%\"`"),
        new("max_lag_messages", "number", NotMeasured, KeyUse.WithoutEffectYet),
        new("max_lag_minutes", "number", NotMeasured, KeyUse.WithoutEffectYet),
        new("max_produce_latency_ms", "number", NotMeasured, KeyUse.WithoutEffectYet),
        new("max_end_to_end_latency_ms", "number", NotMeasured, KeyUse.WithoutEffectYet),
        new("max_error_rate", "number", NotMeasured, KeyUse.WithoutEffectYet));

    private static readonly KeySet Contracts = new(
        "contracts",
        new("schema", "text", "the schema's subject", KeyUse.Deployed),
        new("compatibility", "text", "the compatibility that the registry checks", KeyUse.Deployed));

    public static readonly KeySet Set = new(
        "an exposure",
        new("name", "text", "the name of its API; required"),
        new("type", "text", "`api`, `ml_inference`, `ml_training`, `application` or `dashboard`; required"),
        new("description", "text", "for people", KeyUse.Described),
        new("owner", "text", "who answers for it", KeyUse.Described),
        new("tags", "text or list", "for people and tools", KeyUse.Described),
        new("url", "text", "for people", KeyUse.Described),
        new("repo", "text", "for people", KeyUse.Described),
        new("language", "text", "for people", KeyUse.Described),
        new("tool", "text", "for people", KeyUse.Described),
        new("schedule", "text", "for people", KeyUse.Described),
        new("role", "text", "`consumer` (default), `producer` or `both`", KeyUse.Described),
        new("consumer_group", "text", "its consumer group", KeyUse.Deployed),
        new("consumes", "list", "the models and sources that it reads, the first one first", Nested: Reference),
        new("produces", "list", "the sources that it writes", Nested: Reference),
        new("sla", "mapping", "what it promises its users", Nested: Sla),
        new("contracts", "mapping", "for the schema registry", KeyUse.Deployed, Contracts),
        new("access", "mapping", "the API does not know its callers' roles", KeyUse.NotYet));
}
