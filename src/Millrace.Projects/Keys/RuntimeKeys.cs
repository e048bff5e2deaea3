namespace Millrace.Projects;

/// <summary>The keys of <c>runtime:</c>: where a deployment goes. The embedded runtime needs none of them.</summary>
internal static class RuntimeKeys
{
    private static readonly KeySet Kafka = new(
        "a Kafka cluster",
        new("bootstrap_servers", "text", "the brokers' addresses", KeyUse.Deployed),
        new("security_protocol", "text", "`PLAINTEXT`, `SSL`, `SASL_PLAINTEXT`, `SASL_SSL`", KeyUse.Deployed),
        new("sasl_mechanism", "text", "`PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512`", KeyUse.Deployed),
        new("sasl_username", "text", "the user", KeyUse.Deployed),
        new("sasl_password", "text", "the password", KeyUse.Deployed));

    private static readonly KeySet Registry = new(
        "a schema registry",
        new("url", "text", "its address", KeyUse.Deployed),
        new("username", "text", "the user", KeyUse.Deployed),
        new("password", "text", "the password", KeyUse.Deployed));

    private static readonly KeySet Cluster = new(
        "a cluster",
        new("type", "text", "`rest`, `docker`, `kubernetes`, `confluent`", KeyUse.Deployed),
        new("rest_url", "text", "the address of its REST API", KeyUse.Deployed),
        new("sql_gateway_url", "text", "the address of its SQL gateway", KeyUse.Deployed),
        new("version", "text", "its version", KeyUse.Deployed),
        new("environment", "text", "its environment", KeyUse.Deployed),
        new("api_key", "text", "its key", KeyUse.Deployed));

    private static readonly KeySet Clusters = new(
        "clusters", new YamlKey(KeySet.AnyName, "mapping", "a cluster", KeyUse.Deployed, Cluster));

    private static readonly KeySet Many = new(
        "a runtime's clusters",
        new("default", "text", "the cluster of what names none", KeyUse.Deployed),
        new("clusters", "mapping", "the clusters by name", KeyUse.Deployed, Clusters));

    public static readonly KeySet Set = new(
        "a runtime",
        new("kafka", "mapping", "the brokers", KeyUse.Deployed, Kafka),
        new("schema_registry", "mapping", "the schema registry", KeyUse.Deployed, Registry),
        new("flink", "mapping", "Flink's clusters", KeyUse.Deployed, Many),
        new("connect", "mapping", "Kafka Connect's clusters", KeyUse.Deployed, Many),
        new("conduktor", "mapping", "virtual topics are not built", KeyUse.WithoutEffectYet));
}
