namespace Millrace.Engine;

/// <summary>A reading of the clock, which has a place in the append order like a record.</summary>
/// <param name="Position">Its place; no record has the same.</param>
/// <param name="ClockMs">Milliseconds since the epoch.</param>
public readonly record struct ClockTick(long Position, long ClockMs);

/// <summary>
/// What one step takes: all records and clock readings of one contiguous range of positions. Reusable: fill, step,
/// clear. Positions ascend within each source and within the ticks, are unique over all of them, and are greater than
/// those of earlier steps.
/// </summary>
public sealed class StepInput
{
    public StepInput(EngineGraph graph)
    {
        Sources = [.. graph.Sources.Select(_ => new TopicRecords())];
    }

    /// <summary>The records, one entry per source in the order of <see cref="EngineGraph.Sources"/>.</summary>
    public IReadOnlyList<TopicRecords> Sources { get; }

    /// <summary>The clock readings, in order of position.</summary>
    public List<ClockTick> Ticks { get; } = [];

    /// <summary>For the last step of a bounded run, the position at which all inputs end: every watermark becomes the
    /// greatest there is and every window closes. Behind all records and ticks.</summary>
    public long? EndPosition { get; set; }

    public void Clear()
    {
        foreach (TopicRecords source in Sources)
        {
            source.Clear();
        }

        Ticks.Clear();
        EndPosition = null;
    }
}
