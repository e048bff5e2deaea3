using System.Text.Json;
using System.Text.Json.Serialization;
using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// What a snapshot says beside the engine's state: where every partition stood at its position, and which rows were
/// readable from memory. JSON in the file.
/// </summary>
internal sealed record SnapshotMetadata
{
    /// <summary>
    /// By the topics' names in the folder, per partition: of a source the offset behind the last record that the state
    /// has seen, of the others the offset behind the last record written.
    /// </summary>
    public required Dictionary<string, long[]> Topics { get; init; }

    /// <summary>By model, per partition: the offset of the oldest row that was readable.</summary>
    public required Dictionary<string, long[]> Views { get; init; }

    /// <summary>The fingerprint of the graph whose state it is; empty until it is written.</summary>
    public string Graph { get; init; } = "";

    /// <summary>Of a run, between two steps: only copies numbers.</summary>
    public static SnapshotMetadata Take(ProjectRun run)
    {
        Dictionary<string, long[]> topics = [];
        for (int s = 0; s < run.Topics.Sources.Count; s++)
        {
            topics[run.Topics.Sources[s].Name] = [.. run.SourceEnds[s]];
        }

        foreach (DerivedAppender appender in run.Topics.Derived)
        {
            topics[appender.Topic.Name] =
                [.. Enumerable.Range(0, appender.Topic.Partitions.Count).Select(appender.NextOffset)];
        }

        return new SnapshotMetadata
        {
            Topics = topics,
            Views = run.Views
                .Select((view, i) => (view, topic: run.Topics.Models[i].Topic))
                .ToDictionary(p => p.view.Model.Name, p => FirstRows(topics[p.topic.Name], p.view.Final.KeptRows)),
        };
    }

    public static SnapshotMetadata? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StoredSnapshotMetadata.Default.SnapshotMetadata);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The file's bytes. Any thread.</summary>
    /// <param name="graph">The run's.</param>
    public byte[] Write(EngineGraph graph) =>
        JsonSerializer.SerializeToUtf8Bytes(
            this with { Graph = GraphPrint.Of(graph) }, StoredSnapshotMetadata.Default.SnapshotMetadata);

    /// <summary>The offset of a partition, or null when the snapshot does not know it.</summary>
    public long? OffsetOf(PartitionLog partition) =>
        Topics.TryGetValue(partition.Topic, out long[]? offsets) && partition.Partition < offsets.Length
            ? offsets[partition.Partition]
            : null;

    /// <summary>
    /// Whether the log still has what a start from the snapshot replays: of one that only a newer one builds upon it
    /// may have been let go.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="position">The snapshot's.</param>
    public bool IsLogThere(DataFolder folder, long position) =>
        position >= folder.FirstPosition
        && folder.Topics.SelectMany(t => t.Partitions).All(p => !(OffsetOf(p) < p.StartOffset));

    private static long[] FirstRows(long[] ends, ReadOnlySpan<long> kept)
    {
        long[] first = new long[ends.Length];
        for (int p = 0; p < first.Length; p++)
        {
            first[p] = ends[p] - kept[p];
        }

        return first;
    }
}

/// <summary>How the metadata is written, made by the compiler: a start that has to find it out takes longer.</summary>
[JsonSerializable(typeof(SnapshotMetadata))]
internal sealed partial class StoredSnapshotMetadata : JsonSerializerContext;
