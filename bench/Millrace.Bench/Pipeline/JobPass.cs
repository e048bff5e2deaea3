using Millrace.Bench.Shop;
using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// What Flink's jobs do and no more: the models over the log, their rows to their topics in the page cache, every step
/// journalled, as many records at once as when a start catches up. Without a server's views and snapshots, because
/// Flink serves no rows.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="isFused">
/// As in Flink's best case, one job from the log to the windows' topics: nothing is written between the models. Else
/// every model's topic is written.
/// </param>
internal sealed class JobPass(ShopLog log, bool isFused)
{
    // What stays in the cache on its way through the models. As many records are committed together as when a start
    // catches up: like a job's, nobody waits for these rows.
    private const int StepRecords = 1 << 11;
    private const int CommittedRecords = EngineActivity.StepsTogether << 12;

    private TempFolder? folder;

    /// <summary>A fresh copy of the log.</summary>
    public void Prepare()
    {
        folder = new TempFolder();
        log.Folder.CopyTo(folder);
    }

    public long Run()
    {
        DataFolderOptions options = new() { Durability = Durability.Os };
        using DataFolder data = DataFolder.Open(new PosixDisk(), folder!.Path, options);
        StepFeed feed = log.OpenFeed(data);
        using WorkerPool workers = new(1);
        EngineGraph graph = EngineGraphBuilder.Build(log.Project);
        graph = isFused ? Fuse(graph) : graph;
        StreamEngine engine = new(graph, workers);
        WrittenTopics topics = new(data, graph);
        for (int steps = 1; feed.TryFill(StepRecords); steps++)
        {
            engine.Step(feed.Input, topics);
            if (steps % (CommittedRecords / StepRecords) == 0)
            {
                data.CommitStep(feed.NextPosition);
            }
        }

        data.CommitStep(feed.NextPosition);
        return topics.Rows;
    }

    public void CleanUp()
    {
        folder!.Dispose();
        folder = null;
    }

    /// <summary>
    /// The same graph; the topics that another model reads are only handed on, and what the windows do not need is not
    /// read.
    /// </summary>
    private static EngineGraph Fuse(EngineGraph graph) => new(
        graph.Topics.Select(t => t with { IsEphemeral = graph.Models.Any(m => Reads(m, t)), AlsoRead = [] }),
        graph.Models);

    private static bool Reads(ModelSpec model, TopicSpec topic) => EngineGraph.InputsOf(model).Contains(topic.Name);

    private sealed class WrittenTopics(DataFolder data, EngineGraph graph) : IStepOutput
    {
        private readonly PartitionOrder order = new();
        private readonly Dictionary<ModelSpec, DerivedAppender> topics = graph.Models
            .Where(m => !graph.Topics[graph.IndexOfTopic(m.Topic)].IsEphemeral)
            .ToDictionary(m => m, m => data.OpenDerived(Create(data, graph.Topics[graph.IndexOfTopic(m.Topic)])));

        public long Rows { get; private set; }

        void IStepOutput.Rows(ModelSpec model, OutputRows rows)
        {
            order.Write(rows, topics[model]);
            Rows += rows.Count;
        }

        public void Bad(in BadRow row) => Rows++;

        public void Late(in LateRow row) => Rows++;

        private static TopicLog Create(DataFolder data, TopicSpec topic) =>
            data.CreateTopic(topic.Name, topic.Partitions, TopicKind.Derived);
    }
}
