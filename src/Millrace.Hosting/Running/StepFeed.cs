using Millrace.Engine;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Running;

/// <summary>
/// Reads the log's inputs into the engine's: stretches of the one append order, without copying a value twice.
/// </summary>
internal sealed class StepFeed(PositionReader reader, IReadOnlyList<TopicLog> sources, EngineGraph graph)
{
    private const int MaxStepBytes = 16 << 20;

    private readonly PositionBatch batch = new();
    private readonly long[][] ends = [.. sources.Select(s => new long[s.Partitions.Count])];

    public StepInput Input { get; } = new(graph);

    /// <summary>The position behind the last record or tick read.</summary>
    public long NextPosition => reader.NextPosition;

    /// <summary>
    /// The offsets behind the last records read, by source and partition; what is set is what a snapshot says of the
    /// position from which reading begins.
    /// </summary>
    public IReadOnlyList<long[]> Ends => ends;

    /// <summary>
    /// Fills <see cref="Input"/> with what is committed, at most so many records and ticks; false when there is
    /// nothing.
    /// </summary>
    public bool TryFill(int maxRecords, long untilPosition = long.MaxValue)
    {
        Input.Clear();
        if (reader.Read(batch, maxRecords, MaxStepBytes, untilPosition) == 0)
        {
            return false;
        }

        for (int s = 0; s < sources.Count; s++)
        {
            if (batch.Of(sources[s]) is { Count: > 0 } records)
            {
                Fill(Input.Sources[s], records, ends[s]);
            }
        }

        foreach (Storage.Folders.ClockTick tick in batch.Ticks)
        {
            Input.Ticks.Add(new Engine.ClockTick(tick.Position, tick.ClockMs));
        }

        return true;
    }

    /// <summary>Where the log holds a record of the current input.</summary>
    public (int Partition, long Offset) Locate(int source, int record)
    {
        SourceRecords records = batch.Of(sources[source])!;
        return (records.Partitions[record], records.Offsets[record]);
    }

    private void Fill(TopicRecords target, SourceRecords records, long[] endOffsets)
    {
        target.Buffer = batch.Buffer;
        target.AddRange(
            records.ValueStarts,
            records.ValueLengths,
            records.KeyStarts,
            records.KeyLengths,
            records.Timestamps,
            records.Partitions,
            records.Positions);
        ReadOnlySpan<int> partitions = records.Partitions;
        ReadOnlySpan<long> offsets = records.Offsets;
        for (int i = 0; i < offsets.Length; i++)
        {
            endOffsets[partitions[i]] = offsets[i] + 1;
        }
    }
}
