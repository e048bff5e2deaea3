using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Views;

/// <summary>
/// Fills a view after a replay with the newest rows of its topic, as many as it may keep. They were appended in the
/// order in which the model gave them; partitions keep that each for itself, so they are merged by timestamp, and by
/// key where that is the same, which is how windows close. From which offsets on is a question of what belongs
/// together: where the partitions stood behind one of the replayed steps, or before all of them what the snapshot says.
/// </summary>
internal sealed class ViewRefill
{
    // Rows between two places, and how much more a row takes in memory than in the log, at least: there the length of
    // its parts and small differences, here an entry and its share of the index.
    private const int Spacing = 1 << 13;
    private const int MoreInMemory = 22;

    private readonly RowStore rows;
    private readonly DerivedAppender topic;
    private readonly long[] firsts;
    private readonly Queue<long[]> places = new();
    private readonly int mostPlaces;
    private long noted;

    /// <param name="rows">The empty view.</param>
    /// <param name="topic">The model's, set back to where the replay begins.</param>
    /// <param name="firsts">Per partition, the offset of the oldest row that was readable then; where that is not
    /// known, of the first that the replay gives.</param>
    public ViewRefill(RowStore rows, DerivedAppender topic, long[] firsts)
    {
        this.rows = rows;
        this.topic = topic;
        this.firsts = firsts;
        mostPlaces = (int)(rows.BudgetBytes / (MoreInMemory * Spacing)) + 2;
        noted = Ends().Sum();
    }

    /// <summary>Between two steps of the replay.</summary>
    public void NoteStep()
    {
        long[] ends = Ends();
        if (ends.Sum() - noted < Spacing)
        {
            return;
        }

        noted = ends.Sum();
        places.Enqueue(ends);
        if (places.Count > mostPlaces)
        {
            places.Dequeue();
        }
    }

    /// <summary>Behind the last step, when all it wrote can be read.</summary>
    public void Run()
    {
        PriorityQueue<PartitionReader, PartitionReader> heads = new(Comparer<PartitionReader>.Create(Compare));
        long[] begin = Begin();
        foreach (PartitionLog partition in topic.Topic.Partitions)
        {
            long end = partition.CommittedEnd;
            long first = Math.Max(begin[partition.Partition], partition.StartOffset);
            bool isCompacted = topic.Topic.Settings.Compacts || partition.WholeFrom > first;
            if ((first > 0 || isCompacted) && end > 0)
            {
                rows.BeginWithRest();
            }

            if (first < end)
            {
                Enqueue(heads, partition.OpenReader(first));
            }
        }

        while (heads.TryDequeue(out PartitionReader? reader, out _))
        {
            rows.Append(
                reader.Key.Bytes, !reader.Key.IsNull, reader.Value.Bytes, reader.Timestamp, reader.Partition);
            Enqueue(heads, reader);
        }
    }

    private long[] Ends() => [.. topic.Topic.Partitions.Select(p => topic.NextOffset(p.Partition))];

    // The newest place behind which there is enough.
    private long[] Begin() =>
        places.Reverse().FirstOrDefault(place => BytesBehind(place) >= rows.BudgetBytes) ?? firsts;

    private long BytesBehind(long[] place) => topic.Topic.Partitions.Sum(
        p => p.BytesFrom(place[p.Partition]) + (MoreInMemory * (p.CommittedEnd - place[p.Partition])));

    // Retention goes on beside a start: what it takes meanwhile is older than all that stays.
    private void Enqueue(PriorityQueue<PartitionReader, PartitionReader> heads, PartitionReader reader)
    {
        try
        {
            if (reader.MoveNext())
            {
                heads.Enqueue(reader, reader);
            }
        }
        catch (OffsetOutOfRangeFault gone)
        {
            rows.BeginWithRest();
            Enqueue(heads, topic.Topic.Partitions[reader.Partition].OpenReader(gone.StartOffset));
        }
    }

    private static int Compare(PartitionReader left, PartitionReader right)
    {
        int order = left.Timestamp.CompareTo(right.Timestamp);
        if (order == 0)
        {
            order = left.Key.Bytes.SequenceCompareTo(right.Key.Bytes);
        }

        return order == 0 ? left.Partition.CompareTo(right.Partition) : order;
    }
}
