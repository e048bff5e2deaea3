using Millrace.Engine.Flow;
using Millrace.Engine.Topics;

namespace Millrace.Engine.Pipelines;

/// <summary>Writes a model's rows to its topic: out of the engine, and to the models that read it.</summary>
internal sealed class TopicSink : IPipelineSink
{
    private readonly ModelSpec model;
    private readonly ModelStatistics statistics;
    private readonly TopicStatistics topicStatistics;
    private readonly TopicRows topic;
    private readonly TopicRows input;
    private readonly TopicWriter[] writers;
    private IStepOutput? output;
    private bool withValues;

    /// <param name="model">The model.</param>
    /// <param name="topic">Its topic's rows.</param>
    /// <param name="input">The rows of the topic that it reads.</param>
    /// <param name="hasReaders">Whether models, or a watermark, read the topic.</param>
    /// <param name="statistics">The model's.</param>
    /// <param name="topicStatistics">Its topic's.</param>
    /// <param name="lanes">How many workers there are.</param>
    public TopicSink(
        ModelSpec model,
        TopicRows topic,
        TopicRows input,
        bool hasReaders,
        ModelStatistics statistics,
        TopicStatistics topicStatistics,
        int lanes)
    {
        this.model = model;
        this.topic = topic;
        this.input = input;
        this.statistics = statistics;
        this.topicStatistics = topicStatistics;
        NeedsWholeRound = hasReaders;
        writers = [.. Enumerable.Range(0, lanes).Select(_ => new TopicWriter(topic.Spec, model.Plan))];
    }

    public bool NeedsWholeRound { get; }

    /// <summary>Where rows go, during a step.</summary>
    public IStepOutput? Output
    {
        get => output;
        set
        {
            output = value;
            AskForValues();
        }
    }

    public void Accept(int lane, FlowBatch? rows)
    {
        TopicWriter writer = writers[lane];
        TopicSlice slice = topic.Slices[lane];
        TopicSlice from = input.Slices[lane];
        bool isSameRows = rows is not null && rows.Count == from.Rows.Count;
        writer.Write(
            rows, isSameRows ? PartitionsOf(rows!, from) : null, withValues, isSameRows ? from.Encoder : null);
        slice.Output = writer.Output;
        slice.Encoder = writer.Encoder;
        slice.Partitions = writer.Output.Partitions;
        slice.Timestamps = writer.Output.Timestamps;
        if (rows is not null)
        {
            slice.Rows = rows.Rows;
        }
        else
        {
            slice.Clear();
        }
    }

    // A model that passes all rows on with their key leaves them in their partitions, if both topics have as many.
    private int[]? PartitionsOf(FlowBatch rows, TopicSlice from)
    {
        TopicSpec here = topic.Spec;
        TopicSpec there = input.Spec;
        bool isKept = !there.IsSource && here.Partitions == there.Partitions
            && rows.IsTopicRow && here.KeyColumn >= 0 && there.KeyColumn >= 0
            && ReferenceEquals(rows.Rows.Columns[here.KeyColumn], from.Rows.Columns[there.KeyColumn]);
        return isKept ? from.Partitions : null;
    }

    public void Complete()
    {
        foreach (TopicWriter writer in writers)
        {
            statistics.RowsOut += writer.Output.Count;
            topicStatistics.Rows += writer.Output.Count;
            if (writer.Output.Count > 0 && !topic.Spec.IsEphemeral)
            {
                Output!.Rows(model, writer.Output);
            }
        }

        AskForValues();
    }

    // The lanes' threads find the answer here.
    private void AskForValues() => withValues = output?.WantsValues(model) ?? true;
}
