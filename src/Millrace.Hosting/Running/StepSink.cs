using Millrace.Data.Keys;
using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Views;
using Millrace.Storage.Records;

namespace Millrace.Hosting.Running;

/// <summary>Takes what a step yields to the topics and the views.</summary>
internal sealed class StepSink : IStepOutput
{
    private const int PrefetchDistance = 12;

    private readonly EngineGraph graph;
    private readonly FolderTopics topics;
    private readonly IReadOnlyList<ModelView> views;
    private readonly Dictionary<ModelSpec, int> indexes;
    private readonly PartitionOrder order = new();
    private readonly BadRowText text = new();
    private ulong[] hashes = [];

    public StepSink(FolderTopics topics, IReadOnlyList<ModelView> views)
    {
        graph = topics.Graph;
        this.topics = topics;
        this.views = views;
        indexes = graph.Models.Select((m, i) => (m, i)).ToDictionary(p => p.m, p => p.i);
    }

    /// <summary>Where the steps' inputs come from; set before the first.</summary>
    public StepFeed Feed { get; set; } = null!;

    /// <summary>The clock's time while rows count as new; null during a replay.</summary>
    public long? NowMs { get; set; }

    /// <summary>Answers reads within a step, where rows can be read; null for nothing.</summary>
    public Action? AnswerReads { get; set; }

    public void Readable() => AnswerReads?.Invoke();

    /// <summary>A model's number in the graph.</summary>
    public int IndexOf(ModelSpec model) => indexes[model];

    public void Rows(ModelSpec model, OutputRows rows)
    {
        int index = IndexOf(model);
        ModelView view = views[index];
        order.Write(rows, topics.Models[index]);
        Hash(rows);
        for (int i = 0; i < rows.Count; i++)
        {
            if (i + PrefetchDistance < rows.Count)
            {
                view.Final.Prefetch(hashes[i + PrefetchDistance]);
            }

            bool hasKey = rows.KeyLengths[i] >= 0;
            view.Final.Append(
                hashes[i], rows.Key(i), hasKey, rows.Value(i), rows.Timestamps[i], rows.Partitions[i]);
        }

        if (NowMs is { } now && rows.Count > 0)
        {
            view.Rate.Add(now, rows.Count);
            view.LastRowMs = now;
        }
    }

    private void Hash(OutputRows rows)
    {
        if (hashes.Length < rows.Count)
        {
            hashes = new ulong[Math.Max(rows.Count, hashes.Length * 2)];
        }

        for (int i = 0; i < rows.Count; i++)
        {
            hashes[i] = Hash64.Of(rows.Key(i));
        }
    }

    public void Bad(in BadRow row)
    {
        int topic = graph.IndexOfTopic(row.Topic.Name);
        int partition = -1;
        long offset = -1;
        long timestamp = 0;
        if (row.Topic.IsSource && row.Record >= 0)
        {
            // Sources come first among the topics, in the same order.
            (partition, offset) = Feed.Locate(topic, row.Record);
            timestamp = Feed.Input.Sources[topic].Timestamps[row.Record];
        }

        ReadOnlySpan<byte> value = text.Bad(row, partition, offset);
        topics.Bad[topic].Append(0, timestamp, NullableBytes.Null, new NullableBytes(value));
    }

    public void Late(in LateRow row) =>
        topics.Late[indexes[row.Model]].Append(0, row.WindowEnd, NullableBytes.Null, new NullableBytes(text.Late(row)));
}
