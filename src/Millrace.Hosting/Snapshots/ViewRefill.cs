using Millrace.Hosting.Views;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// Fills a view with the rows that it had when a snapshot was taken, from its topic. They were appended in the order in
/// which the model gave them; partitions keep that each for itself, so they are merged by timestamp, and by key where
/// that is the same, which is how windows close.
/// </summary>
internal static class ViewRefill
{
    /// <param name="rows">The empty view.</param>
    /// <param name="topic">The model's.</param>
    /// <param name="firsts">Per partition, the offset of the oldest row that was readable; null when that is not
    /// known: then no row is.</param>
    /// <param name="ends">Per partition, the offset behind the newest.</param>
    public static void Run(RowStore rows, TopicLog topic, long[]? firsts, long[] ends)
    {
        PriorityQueue<PartitionReader, PartitionReader> heads = new(Comparer<PartitionReader>.Create(Compare));
        foreach (PartitionLog partition in topic.Partitions)
        {
            long end = ends[partition.Partition];
            long first = firsts is null ? end : Math.Max(firsts[partition.Partition], partition.StartOffset);
            bool isCompacted = topic.Settings.Compacts || partition.WholeFrom > first;
            if ((first > 0 || isCompacted) && end > 0)
            {
                rows.BeginWithRest();
            }

            if (first < end)
            {
                Enqueue(heads, partition.OpenReader(first), end);
            }
        }

        while (heads.TryDequeue(out PartitionReader? reader, out _))
        {
            rows.Append(
                reader.Key.Bytes, !reader.Key.IsNull, reader.Value.Bytes, reader.Timestamp, reader.Partition);
            Enqueue(heads, reader, ends[reader.Partition]);
        }
    }

    private static void Enqueue(
        PriorityQueue<PartitionReader, PartitionReader> heads, PartitionReader reader, long end)
    {
        if (reader.MoveNext() && reader.Offset < end)
        {
            heads.Enqueue(reader, reader);
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
