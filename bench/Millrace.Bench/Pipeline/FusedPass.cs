using Millrace.Bench.Shop;
using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Bench.Pipeline;

/// <summary>
/// What Flink does in its best case, one job from the log to the windows' topics: nothing is written between the
/// models. The two windowed models' rows go to their topics in the page cache, with every step journalled.
/// </summary>
internal sealed class FusedPass(ShopLog log)
{
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
        EngineGraph graph = Fuse(EngineGraphBuilder.Build(log.Project));
        StreamEngine engine = new(graph, workers);
        WindowTopics topics = new(data, graph);
        while (feed.TryFill(ReadPass.Records))
        {
            engine.Step(feed.Input, topics);
            data.CommitStep(feed.NextPosition);
        }

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

    private sealed class WindowTopics(DataFolder data, EngineGraph graph) : IStepOutput
    {
        private readonly Dictionary<ModelSpec, DerivedAppender> topics = graph.Models
            .Where(m => !graph.Topics[graph.IndexOfTopic(m.Topic)].IsEphemeral)
            .ToDictionary(m => m, m => data.OpenDerived(Create(data, graph.Topics[graph.IndexOfTopic(m.Topic)])));

        public long Rows { get; private set; }

        void IStepOutput.Rows(ModelSpec model, OutputRows rows)
        {
            DerivedAppender topic = topics[model];
            for (int i = 0; i < rows.Count; i++)
            {
                NullableBytes key = rows.KeyLengths[i] >= 0 ? new NullableBytes(rows.Key(i)) : NullableBytes.Null;
                topic.Append(rows.Partitions[i], rows.Timestamps[i], key, new NullableBytes(rows.Value(i)));
            }

            Rows += rows.Count;
        }

        public void Bad(in BadRow row) => Rows++;

        public void Late(in LateRow row) => Rows++;

        private static TopicLog Create(DataFolder data, TopicSpec topic) =>
            data.CreateTopic(topic.Name, topic.Partitions, TopicKind.Derived);
    }
}
