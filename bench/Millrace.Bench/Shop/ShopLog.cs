using Millrace.Demo;
using Millrace.Engine;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Workers;
using Millrace.Projects;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Bench.Shop;

/// <summary>
/// A data folder that holds a generated shop's catalogue and events and nothing else: what a server has whose engine
/// has not run yet. Records get their keys and partitions from the collector, a group commit every 2,000 events with a
/// reading of the clock before it.
/// </summary>
internal sealed class ShopLog : IDisposable
{
    private const int Group = 2_000;
    private readonly TopicLog[] topics;
    private readonly Collector[] collectors;
    private readonly EngineGraph graph;

    /// <summary>Writes the log.</summary>
    /// <param name="project">The example's project.</param>
    /// <param name="events">How many events.</param>
    /// <param name="shop">What kind of shop.</param>
    public ShopLog(CompiledProject project, int events, ShopOptions shop)
    {
        Project = project;
        graph = EngineGraphBuilder.Build(project);
        using WorkerPool workers = new(1);
        StreamEngine engine = new(graph, workers);
        using DataFolder data = DataFolder.Open(new PosixDisk(), Folder.Path, new() { Durability = Durability.Os });
        topics =
        [
            .. project.Sources.Select(s => data.CreateTopic(s.Topic.Name, s.Topic.Partitions, TopicKind.Source)),
        ];
        collectors = [.. project.Sources.Select((s, i) => new Collector(s, engine.ColumnsRead(i), 1 << 20))];
        ShopGenerator generator = new(shop);
        ShopBatch batch = new();
        while (Events < events)
        {
            generator.Next(batch, Math.Min(Group, events - (int)Events));
            if (batch.ArrivedMs > 0)
            {
                data.Commit.AddTick(batch.ArrivedMs);
            }

            Add(data.Commit, "products", batch.Products.Memory, batch.ProductsFromMs);
            Events += Add(data.Commit, "clickstream", batch.Events.Memory, batch.ArrivedMs);
            data.Commit.Commit();
        }

        data.Close();
    }

    public CompiledProject Project { get; }

    public TempFolder Folder { get; } = new();

    public long Events { get; private set; }

    /// <summary>Opens what was written for reading as the engine does.</summary>
    public StepFeed OpenFeed(DataFolder data) => new(
        data.OpenPositions(),
        [.. Project.Sources.Select(s => data.TryGetTopic(s.Topic.Name, out TopicLog? topic) ? topic! : topics[0])],
        graph);

    public void Dispose() => Folder.Dispose();

    private int Add(CommitUnit commit, string source, ReadOnlyMemory<byte> lines, long timestampMs)
    {
        int index = Array.FindIndex(collectors, c => c.Source.Name == source);
        CollectedRecords records = collectors[index].Collect(lines, timestampMs, [])!;
        for (int i = 0; i < records.Count; i++)
        {
            NullableBytes key = records.HasKey(i) ? new NullableBytes(records.Key(i)) : NullableBytes.Null;
            commit.Add(topics[index], timestampMs, key, new NullableBytes(records.Value(i)));
        }

        return records.Count;
    }
}
