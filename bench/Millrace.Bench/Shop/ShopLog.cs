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

    private ShopLog(CompiledProject project, IEnumerable<LogGroup> groups)
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
        foreach (LogGroup group in groups)
        {
            if (group.ArrivedMs > 0)
            {
                data.Commit.AddTick(group.ArrivedMs);
            }

            Add(data.Commit, "products", group.Products, group.ProductsFromMs);
            Events += Add(data.Commit, "clickstream", group.Events, group.ArrivedMs);
            data.Commit.Commit();
        }

        data.Close();
    }

    /// <summary>Writes the log of a generated shop.</summary>
    /// <param name="project">The example's project.</param>
    /// <param name="events">How many events.</param>
    /// <param name="shop">What kind of shop.</param>
    public ShopLog(CompiledProject project, int events, ShopOptions shop)
        : this(project, Generate(events, shop))
    {
    }

    /// <summary>Writes the log of a shop whose lines lie in files: see <see cref="ShopFiles"/>.</summary>
    public ShopLog(CompiledProject project, ShopFiles files)
        : this(project, files.Groups())
    {
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

    private static IEnumerable<LogGroup> Generate(int events, ShopOptions shop)
    {
        ShopGenerator generator = new(shop);
        ShopBatch batch = new();
        for (int made = 0; made < events; made += batch.Events.Count)
        {
            generator.Next(batch, Math.Min(Group, events - made));
            yield return new LogGroup(
                batch.Products.Memory, batch.ProductsFromMs, batch.Events.Memory, batch.ArrivedMs);
        }
    }

    private int Add(CommitUnit commit, string source, ReadOnlyMemory<byte> lines, long timestampMs)
    {
        if (lines.IsEmpty)
        {
            return 0;
        }

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
