namespace Millrace.Hosting.Graph;

/// <summary>
/// Under which name the data folder keeps a topic of the project. The user's name is used everywhere else; they differ
/// once a model has been built anew. Immutable.
/// </summary>
internal sealed class TopicNames(IReadOnlyDictionary<string, string> renamed)
{
    /// <summary>Every topic has its own name.</summary>
    public static TopicNames Same { get; } = new(new Dictionary<string, string>());

    /// <param name="topic">The name of a table's topic, or of a <see cref="SideTopics">side topic</see>.</param>
    public string PhysicalOf(string topic) => renamed.GetValueOrDefault(topic, topic);
}
