using Millrace.Data;

namespace Millrace.Engine.Flow;

/// <summary>
/// A batch on its way through the operators of one model, with what an operator needs to know of each row beside its
/// columns. Reused by the operator that made it; arrays may be longer than the batch.
/// </summary>
internal sealed class FlowBatch
{
    private int[] ownEvents = [];
    private long[] ownTimes = [];

    public FlowBatch(Schema schema)
    {
        Rows = new Batch(schema);
        Events = ownEvents;
    }

    /// <summary>A flow around a batch that somebody else fills.</summary>
    public FlowBatch(Batch rows)
    {
        Rows = rows;
        Events = ownEvents;
    }

    public Batch Rows { get; }

    public int Count => Rows.Count;

    /// <summary>Per row which row or final event of the pipeline's input topic caused it, as <see cref="TopicRows"/>
    /// counts them. Ascending, not strictly.</summary>
    public int[] Events { get; set; }

    /// <summary>Per row its event time, behind a window: the window's end − 1 ms as an instant. Null before any
    /// window.</summary>
    public long[]? Times { get; set; }

    /// <summary>Whether rows are still those of the topic, not of a window: their original is the topic's
    /// record.</summary>
    public bool IsTopicRow => Times is null;

    /// <summary>Own arrays of events, and of times when asked for, with room for that many rows.</summary>
    public void UseOwn(int rows, bool withTimes)
    {
        if (ownEvents.Length < rows)
        {
            ownEvents = new int[Math.Max(rows, ownEvents.Length * 2)];
        }

        if (withTimes && ownTimes.Length < rows)
        {
            ownTimes = new long[Math.Max(rows, ownTimes.Length * 2)];
        }

        Events = ownEvents;
        Times = withTimes ? ownTimes : null;
    }

    /// <summary>Takes what is not columns from another flow of the same rows, without copying.</summary>
    public void Share(FlowBatch source)
    {
        Rows.Count = source.Count;
        Rows.Positions = source.Rows.Positions;
        Events = source.Events;
        Times = source.Times;
        Rows.IsInsertOnly = source.Rows.IsInsertOnly;
        if (!source.Rows.IsInsertOnly)
        {
            Rows.UseKinds(source.Count);
            source.Rows.Kinds.AsSpan(0, source.Count).CopyTo(Rows.Kinds);
        }
    }
}
