using Millrace.Data;

namespace Millrace.Engine.Flow;

/// <summary>One worker's part of a topic's rows in a round, in the columns of the topic.</summary>
internal sealed class TopicSlice
{
    private Batch rows;

    public TopicSlice(TopicSpec spec)
    {
        rows = new Batch(spec.Schema);
        Flow = new FlowBatch(rows);
    }

    /// <summary>The rows; of a model's topic the batch that the model's last operator made.</summary>
    public Batch Rows
    {
        get => rows;
        set
        {
            if (!ReferenceEquals(rows, value))
            {
                rows = value;
                Flow = new FlowBatch(value);
            }
        }
    }

    /// <summary>The same rows as the start of a flow.</summary>
    public FlowBatch Flow { get; private set; }

    /// <summary>The number of the first row among the topic's events.</summary>
    public int FirstEvent { get; private set; }

    /// <summary>Per row its partition.</summary>
    public int[] Partitions { get; set; } = [];

    /// <summary>Per row its record's timestamp.</summary>
    public long[] Timestamps { get; set; } = [];

    /// <summary>Of a source: per row the index of its record in <see cref="Records"/>.</summary>
    public int[] RecordIndexes { get; set; } = [];

    /// <summary>Of a source: the records of the step.</summary>
    public TopicRecords? Records { get; set; }

    /// <summary>Of a model's topic: the rows as they were written.</summary>
    public OutputRows? Output { get; set; }

    /// <summary>Whether a source's row is a deletion (a record with a null value).</summary>
    public bool HasDeletions => !rows.IsInsertOnly;

    /// <summary>The row's record as it came or was written.</summary>
    public ReadOnlySpan<byte> Original(int row)
    {
        if (Records is { } records)
        {
            int record = RecordIndexes[row];
            return new ReadOnlySpan<byte>(records.Buffer, records.Starts[record], Math.Max(0, records.Lengths[record]));
        }

        return Output is { } output ? output.Value(row) : default;
    }

    public void Number(int first)
    {
        FirstEvent = first;
        Flow.UseOwn(rows.Count, withTimes: false);
        int[] events = Flow.Events;
        for (int i = 0; i < rows.Count; i++)
        {
            events[i] = first + i;
        }
    }
}
