using Millrace.Engine;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;

namespace Millrace.Hosting.Running;

/// <summary>
/// Row numbers by partition, in order within each (a counting sort): who writes rows partition by partition fills one
/// buffer at a time, as the cache likes it. Kept and used again.
/// </summary>
internal sealed class PartitionOrder
{
    private int[] ends = [];
    private int[] rows = [];

    /// <summary>Appends rows to their topic, partition by partition.</summary>
    public void Write(OutputRows rows, DerivedAppender topic)
    {
        int partitions = topic.Topic.Partitions.Count;
        Sort(rows.Partitions.AsSpan(0, rows.Count), partitions);
        RecordColumns records = rows.Records;
        for (int p = 0; p < partitions; p++)
        {
            topic.Append(p, records, Of(p));
        }
    }

    /// <summary>Takes each row's partition.</summary>
    public void Sort(ReadOnlySpan<int> partitions, int partitionCount)
    {
        ends = ends.Length < partitionCount ? new int[partitionCount] : ends;
        rows = rows.Length < partitions.Length ? new int[Math.Max(partitions.Length, rows.Length * 2)] : rows;
        Array.Clear(ends);
        foreach (int partition in partitions)
        {
            ends[partition]++;
        }

        int start = 0;
        foreach (ref int end in ends.AsSpan())
        {
            (start, end) = (start + end, start);
        }

        // Where a partition's rows begin moves on with each to where they end.
        for (int row = 0; row < partitions.Length; row++)
        {
            rows[ends[partitions[row]]++] = row;
        }
    }

    /// <summary>A partition's rows, ascending.</summary>
    public ReadOnlySpan<int> Of(int partition)
    {
        int start = partition == 0 ? 0 : ends[partition - 1];
        return rows.AsSpan(start, ends[partition] - start);
    }
}
