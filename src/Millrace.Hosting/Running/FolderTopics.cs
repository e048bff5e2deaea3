using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Projects;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Running;

/// <summary>
/// The topics of a project in a data folder, created where missing: the sources', the models', and beside each its
/// <c>$bad</c>, beside each model its <c>$late</c>, of one partition.
/// </summary>
internal sealed class FolderTopics
{
    private readonly DataFolder folder;
    private readonly TopicNames names;
    private readonly List<(string Name, TopicLog Topic)> all = [];
    private readonly Func<TopicLog, DerivedAppender> open;

    /// <param name="folder">The data folder.</param>
    /// <param name="project">The project.</param>
    /// <param name="names">Under which names the folder has its topics.</param>
    /// <param name="open">Gives the writer of a topic; null opens new ones.</param>
    public FolderTopics(
        DataFolder folder, CompiledProject project, TopicNames names, Func<TopicLog, DerivedAppender>? open = null)
    {
        this.folder = folder;
        this.names = names;
        this.open = open ?? (topic => folder.OpenDerived(topic));
        EngineGraph graph = Graph = EngineGraphBuilder.Build(project);
        Sources = [.. graph.Sources.Select(s => Create(project.FindTable(s.Name)!, TopicKind.Source))];
        Models = [.. graph.Models.Select(m => Open(Create(project.FindTable(m.Name)!, TopicKind.Derived)))];
        Bad = [.. graph.Topics.Select(t => Open(CreateSide(SideTopics.Bad(t.Name))))];
        Late = [.. graph.Models.Select(m => Open(CreateSide(SideTopics.Late(m.Name))))];
    }

    public EngineGraph Graph { get; }

    /// <summary>In the order of <see cref="EngineGraph.Sources"/>.</summary>
    public IReadOnlyList<TopicLog> Sources { get; }

    /// <summary>In the order of <see cref="EngineGraph.Models"/>.</summary>
    public IReadOnlyList<DerivedAppender> Models { get; }

    /// <summary>In the order of <see cref="EngineGraph.Topics"/>.</summary>
    public IReadOnlyList<DerivedAppender> Bad { get; }

    /// <summary>In the order of <see cref="EngineGraph.Models"/>.</summary>
    public IReadOnlyList<DerivedAppender> Late { get; }

    /// <summary>All that the run writes.</summary>
    public IEnumerable<DerivedAppender> Derived => Models.Concat(Bad).Concat(Late);

    /// <summary>All of them, by the names that the user knows. Readable by any thread.</summary>
    public IReadOnlyList<(string Name, TopicLog Topic)> All => all;

    /// <summary>Any thread. The topic that the user knows by a name, or null.</summary>
    public TopicLog? Find(string name) => all.Find(t => t.Name == name).Topic;

    /// <summary>
    /// Before a replay: what is there already, from the offsets given on, is not written again.
    /// </summary>
    /// <param name="offsetOf">The offset at which a partition's next record belongs.</param>
    public void ResumeAt(Func<PartitionLog, long> offsetOf)
    {
        foreach (DerivedAppender appender in Derived)
        {
            foreach (PartitionLog partition in appender.Topic.Partitions)
            {
                appender.ResumeAt(partition.Partition, offsetOf(partition));
            }
        }
    }

    /// <summary>
    /// After the replay of all journalled steps: whether it gave as many rows as those steps had written. Otherwise the
    /// models or the program have changed since, unless damage was passed over or the replay is known to differ.
    /// </summary>
    /// <exception cref="ReplayFault">It did not.</exception>
    public void CheckReplay()
    {
        foreach (DerivedAppender appender in Derived)
        {
            foreach (PartitionLog partition in appender.Topic.Partitions)
            {
                long replayed = appender.NextOffset(partition.Partition);
                long written = folder.StepEnd(partition);

                if (replayed != written && folder.Unreadable.Count == 0 && !folder.MayReplayDiffer)
                {
                    throw new ReplayFault(appender.Topic.Name, partition.Partition, replayed, written);
                }
            }
        }
    }

    private DerivedAppender Open(TopicLog topic) => open(topic);

    private TopicLog CreateSide(string name) => Create(name, 1, TopicKind.Derived, null);

    private TopicLog Create(CompiledTable table, TopicKind kind) =>
        Create(table.Topic.Name, table.Topic.Partitions, kind, TopicSettingsBuilder.Build(table.Topic.Settings));

    private TopicLog Create(string name, int partitions, TopicKind kind, TopicSettings? settings)
    {
        TopicLog topic = folder.CreateTopic(names.PhysicalOf(name), partitions, kind, settings);
        all.Add((name, topic));
        return topic;
    }
}
