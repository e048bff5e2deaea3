using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What is declared of the topic behind a source or a model; null where nothing is.</summary>
/// <param name="Name">The topic's name.</param>
/// <param name="NameLocation">Where it is named.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="ReplicationFactor">Copies, used when deployed to Kafka.</param>
/// <param name="Config">Settings of the topic by Kafka's names (<c>retention.ms</c>).</param>
public sealed record TopicDefinition(
    string? Name,
    Location? NameLocation,
    int? Partitions,
    int? ReplicationFactor,
    IReadOnlyDictionary<string, string> Config)
{
    public static readonly TopicDefinition Unsaid = new(null, null, null, null, new Dictionary<string, string>());
}
