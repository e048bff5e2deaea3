using Millrace.Data;
using Millrace.Data.Json;

namespace Millrace.Engine.Flow;

/// <summary>One worker's part of a topic's rows in a round, in the columns of the topic.</summary>
internal sealed class TopicSlice
{
    private readonly TopicSpec spec;
    private readonly bool[] needed;
    private readonly Batch empty;
    private Batch rows;

    // The flow around the batch before: mostly the next one too.
    private FlowBatch other;
    private RowText? text;

    /// <param name="spec">The topic.</param>
    /// <param name="needed">Which of its columns are read.</param>
    public TopicSlice(TopicSpec spec, bool[] needed)
    {
        this.spec = spec;
        this.needed = needed;
        empty = new Batch(spec.Schema);
        rows = empty;
        Flow = new FlowBatch(rows);
        other = Flow;
    }

    /// <summary>The rows; of a model's topic the batch that the model's last operator made.</summary>
    public Batch Rows
    {
        get => rows;
        set
        {
            if (!ReferenceEquals(rows, value))
            {
                (Flow, other) = (ReferenceEquals(other.Rows, value) ? other : new FlowBatch(value), Flow);
                rows = value;
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

    /// <summary>Of a model's topic: what encoded the rows as they were written; null when nobody wanted them.</summary>
    public JsonRowEncoder? Encoder { get; set; }

    /// <summary>Makes room for what stands beside that many rows of a source; what there is is kept.</summary>
    public void EnsureMarks(int rows)
    {
        if (RecordIndexes.Length < rows)
        {
            int size = Math.Max(rows, RecordIndexes.Length * 2);
            int[] indexes = RecordIndexes;
            Array.Resize(ref indexes, size);
            (RecordIndexes, Partitions, Timestamps) = (indexes, new int[size], new long[size]);
        }
    }

    /// <summary>The row's record as it came or was written; of a topic that is not written, what is read of
    /// it.</summary>
    public ReadOnlySpan<byte> Original(int row)
    {
        if (Records is { } records)
        {
            int record = RecordIndexes[row];
            return new ReadOnlySpan<byte>(records.Buffer, records.Starts[record], Math.Max(0, records.Lengths[record]));
        }

        return Output is { HasValues: true } output ? output.Value(row) : (text ??= NewText()).Write(rows, row);
    }

    // Of a topic that is written all columns are there, also where nobody wanted the values this time.
    private RowText NewText() => spec.IsEphemeral
        ? new RowText(rows.Schema, needed)
        : new RowText(spec.Schema, null, spec.Encoding);

    public void Clear() => Rows = empty;

    /// <summary>How many rows stand before that position.</summary>
    public int RowsBefore(long position)
    {
        int at = rows.Count;
        while (at > 0 && rows.Positions[at - 1] >= position)
        {
            at--;
        }

        return at;
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
