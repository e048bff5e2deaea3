using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Deployments;

/// <summary>
/// Computes models of a changed project from the beginning of the log, beside the run of the project before: an engine
/// of its own over the models and all that they read, whose rows go to topics of which the steps of the running project
/// know nothing. One thread at a time.
/// </summary>
internal sealed class Rebuild
{
    private readonly StepFeed feed;
    private readonly RebuildSink sink;
    private long position;
    private bool isPublishOwed;

    /// <param name="folder">The data folder.</param>
    /// <param name="target">The changed project.</param>
    /// <param name="models">The models to compute, by name.</param>
    /// <param name="names">The names of the changed project's topics.</param>
    /// <param name="workers">Who runs the parts of a step.</param>
    /// <param name="viewBytes">Memory for the readable rows of each model.</param>
    public Rebuild(
        DataFolder folder, CompiledProject target, IReadOnlyCollection<string> models, TopicNames names,
        IWorkers workers, long viewBytes)
    {
        CompiledProject part = Closure.Of(target, models);
        EngineGraph graph = EngineGraphBuilder.Build(part, target);
        State = new RebuiltState(new StreamEngine(graph, workers), Closure.TablesOf(part));
        Models = models.ToDictionary(m => m, m => Open(folder, target.FindModel(m)!, names, viewBytes));
        Sources = graph.Sources.ToDictionary(s => s.Name, s => SourceOf(folder, target.FindSource(s.Name)!));
        First = position = folder.FirstPosition;
        sink = new RebuildSink(graph, Models);

        // What retention has taken is gone for a rebuild; the plan says so.
        PositionReader inputs = folder.OpenPositions(First, skipRemoved: true);
        feed = sink.Feed = new StepFeed(inputs, [.. Sources.Values], graph);
    }

    /// <summary>What its steps have made of the log so far.</summary>
    public RebuiltState State { get; }

    /// <summary>The models that are computed, by name.</summary>
    public IReadOnlyDictionary<string, RebuiltModel> Models { get; }

    /// <summary>The topics that it reads, by source, in the order of its graph.</summary>
    public IReadOnlyDictionary<string, TopicLog> Sources { get; }

    /// <summary>The offsets behind the sources' last records below the position, by source and partition.</summary>
    public IReadOnlyList<long[]> SourceEnds => feed.Ends;

    /// <summary>The position at which the log begins.</summary>
    public long First { get; }

    /// <summary>Everything below has been processed. Any thread.</summary>
    public long Position => Volatile.Read(ref position);

    /// <summary>Processes at most so many records below a position; false when there is nothing.</summary>
    /// <exception cref="DiskFullFault">
    /// There is no room for the rows; they are kept in memory, and written before another step is taken.
    /// </exception>
    public bool TryStep(int maxRecords, long until)
    {
        if (isPublishOwed)
        {
            Publish();
        }

        if (position >= until || !feed.TryFill(maxRecords, until))
        {
            return false;
        }

        State.Engine.Step(feed.Input, sink);
        Volatile.Write(ref position, feed.NextPosition);
        Publish();
        return true;
    }

    private void Publish()
    {
        isPublishOwed = true;
        foreach (DerivedAppender appender in Models.Values.SelectMany(m => m.Appenders))
        {
            appender.Publish();
        }

        isPublishOwed = false;
    }

    private static RebuiltModel Open(DataFolder folder, CompiledModel model, TopicNames names, long viewBytes)
    {
        TopicLog rows = folder.CreateTopic(
            names.PhysicalOf(model.Topic.Name), model.Topic.Partitions, TopicKind.Derived,
            TopicSettingsBuilder.Build(model.Topic.Settings));
        return new RebuiltModel(
            folder.OpenDerived(rows, attach: false),
            Side(SideTopics.Bad(model.Name)),
            Side(SideTopics.Late(model.Name)),
            new RowStore(viewBytes, model.Topic.Partitions));

        DerivedAppender Side(string topic) => folder.OpenDerived(
            folder.CreateTopic(names.PhysicalOf(topic), 1, TopicKind.Derived), attach: false);
    }

    // What a topic keeps is the running project's to say, until it is replaced.
    private static TopicLog SourceOf(DataFolder folder, CompiledSource source) =>
        folder.TryGetTopic(source.Topic.Name, out TopicLog? topic)
            ? topic!
            : folder.CreateTopic(source.Topic.Name, source.Topic.Partitions, TopicKind.Source);
}
