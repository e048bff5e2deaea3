using Millrace.Storage.Disk;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Takes whole segments that a topic's settings let go, the oldest first. One thread, beside the writers.
/// </summary>
internal sealed class FolderRetention(TopicCatalog catalog, FolderWriter writer)
{
    public IReadOnlyList<SegmentsRemoved> Run(long nowMs, Func<PartitionLog, long> neededFrom)
    {
        DiskFullFault? refusal = RollAged(nowMs);
        List<(PartitionLog Log, long Start)> plan = [.. Plan(nowMs, neededFrom)];
        if (plan.Count > 0)
        {
            writer.Settle();
        }

        List<SegmentsRemoved> removed = [.. plan.Select(item => new SegmentsRemoved(
            item.Log.Topic, item.Log.Partition, item.Start, writer.RemoveBefore(item.Log, item.Start)))];

        // What has gone makes the room that ending a segment lacked.
        return removed.Count == 0 && refusal is not null ? throw refusal : removed;
    }

    /// <summary>Records that would be taken, without those of segments that are still to be ended.</summary>
    public long CountExpired(long nowMs, Func<PartitionLog, long> neededFrom) =>
        Plan(nowMs, neededFrom).Sum(item => item.Start - item.Log.StartOffset);

    private IEnumerable<TopicLog> Limited =>
        catalog.Topics.Where(topic => topic.Settings.Compacts || topic.Settings.Limits);

    private DiskFullFault? RollAged(long nowMs)
    {
        DiskFullFault? refusal = null;
        foreach (PartitionLog log in Limited.SelectMany(topic => topic.Partitions))
        {
            try
            {
                writer.RollAged(log, nowMs);
            }
            catch (DiskFullFault fault)
            {
                refusal = fault;
            }
        }

        return refusal;
    }

    private IEnumerable<(PartitionLog Log, long Start)> Plan(long nowMs, Func<PartitionLog, long> neededFrom) =>
        from log in Limited.SelectMany(topic => topic.Partitions)
        let start = log.StartFor(nowMs, Math.Min(neededFrom(log), writer.RecoveryPoint(log)))
        where start > log.StartOffset
        select (log, start);
}
