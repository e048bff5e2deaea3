using System.Runtime.InteropServices;
using Millrace.Data;
using Millrace.Engine.Flow;
using Millrace.Engine.Operators;
using Millrace.Engine.Topics;

namespace Millrace.Engine.Pipelines;

/// <summary>
/// Reads the rows of a model's open windows as they would come out now: builds them from the groups' present state
/// and takes them through operators of its own, the same as those behind the model's last window. Changes nothing.
/// </summary>
internal sealed class LiveReader
{
    private readonly WindowAggregateOperator? window;
    private readonly WindowEmission? emission;
    private readonly WindowRowBuilder? builder;
    private readonly Lane lane;
    private readonly RowOperator[] operators;
    private readonly TopicWriter writer;
    private readonly TopicSpec topic;

    /// <param name="draft">The model's main line.</param>
    /// <param name="pipeline">The same, running.</param>
    /// <param name="topic">The topic that it writes.</param>
    /// <param name="model">The model.</param>
    public LiveReader(PipelineDraft draft, Pipeline pipeline, TopicSpec topic, ModelSpec model)
    {
        this.topic = topic;
        lane = new Lane(0, draft.Topic, model);
        operators = [.. draft.Segments[^1].Select(o => o.Create(lane))];
        writer = new TopicWriter(topic with { IsEphemeral = false }, model.Plan);
        if (pipeline.Windows.Length > 0)
        {
            window = pipeline.Windows[^1];
            emission = window.NewEmission();
            builder = emission.NewBuilder(window.Needed);
        }
    }

    /// <param name="rawKey">The record key asked for, or null for all.</param>
    /// <param name="position">The last position that the engine has processed.</param>
    /// <returns>The rows, good until the next call.</returns>
    public OutputRows Read(byte[]? rawKey, long position)
    {
        writer.Write(null);
        if (window is null)
        {
            return writer.Output;
        }

        emission!.Clear();
        window.CollectLive(emission, window.HasLiveKey ? rawKey : null, position);
        FlowBatch? flow = emission.Count > 0 ? emission.Build(0, emission.Count, builder!) : null;
        for (int i = 0; i < operators.Length && flow is not null; i++)
        {
            FlowBatch next = operators[i].Process(flow);
            flow = next.Count > 0 ? next : null;
        }

        // A row that fails here will be reported when its window closes.
        lane.Bad.Clear();
        writer.Write(rawKey is null || window.HasLiveKey || flow is null ? flow : WithKey(flow, rawKey));
        return writer.Output;
    }

    // The key is computed behind the window, so all rows are, and those of the key kept.
    private FlowBatch? WithKey(FlowBatch flow, byte[] rawKey)
    {
        if (topic.KeyColumn < 0)
        {
            return null;
        }

        ColumnVector column = flow.Rows.Columns[topic.KeyColumn];
        Span<byte> scratch = stackalloc byte[RawKey.MaxFixedLength];
        List<int> kept = [];
        for (int row = 0; row < flow.Count; row++)
        {
            if (!column.IsNull(row) && RawKey.Of(column, row, scratch).SequenceEqual(rawKey))
            {
                kept.Add(row);
            }
        }

        bool[] all = new bool[flow.Rows.Columns.Length];
        Array.Fill(all, true);
        FlowBatch found = new(flow.Rows.Schema);
        FlowGather.Select(flow, CollectionsMarshal.AsSpan(kept), found, all);
        return found;
    }
}
