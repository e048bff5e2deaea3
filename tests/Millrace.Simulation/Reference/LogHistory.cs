using System.Text;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Simulation.Reference;

/// <summary>
/// Everything that the log has committed, by position, kept outside of the disk that is simulated. What retention or a
/// compaction takes from the log stays here.
/// </summary>
internal sealed class LogHistory
{
    private readonly List<LogEntry> entries = [];

    public int Count => entries.Count;

    public LogEntry this[int position] => entries[position];

    /// <summary>The records of one partition by offset.</summary>
    public IEnumerable<LogEntry> Of(string topic, int partition) =>
        entries.Where(e => e.Topic == topic && e.Partition == partition);

    /// <summary>Takes note of what was committed since.</summary>
    public void ReadOn(DataFolder folder)
    {
        if (folder.CommittedPosition > Count)
        {
            entries.AddRange(Read(folder, Count));
        }
    }

    /// <summary>
    /// After a restart: what the log holds must be what it held, to its end or, where that may be lost, less; and may
    /// go on with what was being committed.
    /// </summary>
    /// <param name="folder">As it was recovered.</param>
    /// <param name="certain">Up to this position nothing may be lost.</param>
    public void Recover(DataFolder folder, long certain)
    {
        long committed = folder.CommittedPosition;
        if (committed < certain)
        {
            throw new SimulationFailure($"the log ends at position {committed}, {certain} was promised");
        }

        if (committed < Count)
        {
            entries.RemoveRange((int)committed, Count - (int)committed);
        }

        ReadOn(folder);
    }

    /// <summary>The positions that a folder's log does not have any more.</summary>
    public HashSet<int> GapsOf(DataFolder folder)
    {
        HashSet<(string, int, long)> there =
        [
            .. folder.Topics.Where(t => t.Kind == TopicKind.Source).SelectMany(t => t.Partitions)
                .SelectMany(OffsetsOf),
        ];
        return [.. Enumerable.Range(0, Count).Where(p => p < folder.FirstPosition || !IsThere(entries[p]))];

        bool IsThere(LogEntry entry) =>
            entry.Topic is null || there.Contains((entry.Topic, entry.Partition, entry.Offset));
    }

    private static IEnumerable<(string, int, long)> OffsetsOf(PartitionLog partition)
    {
        PartitionReader reader = partition.OpenReader();
        while (reader.MoveNext())
        {
            yield return (partition.Topic, partition.Partition, reader.Offset);
        }
    }

    private static List<LogEntry> Read(DataFolder folder, long from)
    {
        List<LogEntry> read = [];
        PositionReader reader = folder.OpenPositions(from);
        PositionBatch batch = new();
        while (reader.Read(batch, 1000) > 0)
        {
            LogEntry?[] stretch = new LogEntry[batch.Count];
            foreach (ClockTick tick in batch.Ticks)
            {
                stretch[tick.Position - batch.FirstPosition] = new LogEntry(null, 0, 0, tick.ClockMs, null, null);
            }

            foreach (SourceRecords source in batch.Sources)
            {
                for (int i = 0; i < source.Count; i++)
                {
                    stretch[source.Positions[i] - batch.FirstPosition] = new LogEntry(
                        source.Topic.Name, source.Partitions[i], source.Offsets[i], source.Timestamps[i],
                        Text(batch.Buffer, source.KeyStarts[i], source.KeyLengths[i]),
                        Text(batch.Buffer, source.ValueStarts[i], source.ValueLengths[i]));
                }
            }

            read.AddRange(stretch!);
        }

        return read;
    }

    private static string? Text(byte[] buffer, int start, int length) =>
        length < 0 ? null : Encoding.UTF8.GetString(buffer, start, length);
}
