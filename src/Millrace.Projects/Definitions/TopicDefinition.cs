namespace Millrace.Projects;

/// <summary>What is declared of the topic behind a source or a model; null where nothing is.</summary>
/// <param name="Name">The topic's name.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="ReplicationFactor">Copies, used when deployed to Kafka.</param>
/// <param name="Config">Settings of the topic by Kafka's names (<c>retention.ms</c>).</param>
internal sealed record TopicDefinition(
    Said<string>? Name, int? Partitions, int? ReplicationFactor, IReadOnlyDictionary<string, string> Config)
{
    public static readonly TopicDefinition Unsaid = new(null, null, null, new Dictionary<string, string>());
}
