using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Takes whole segments that a topic's settings let go, the oldest first. One thread, beside the writers.
/// </summary>
internal sealed class FolderRetention(TopicCatalog catalog, FolderWriter writer)
{
    public IReadOnlyList<SegmentsRemoved> Run(long nowMs, Func<PartitionLog, long> neededFrom)
    {
        List<(PartitionLog Log, long Start)> plan = [];
        foreach (TopicLog topic in catalog.Topics.Where(topic => topic.Settings.Compacts || topic.Settings.Limits))
        {
            foreach (PartitionLog log in topic.Partitions)
            {
                writer.RollAged(log, nowMs);
                long start = log.StartFor(nowMs, Math.Min(neededFrom(log), writer.RecoveryPoint(log)));
                if (start > log.StartOffset)
                {
                    plan.Add((log, start));
                }
            }
        }

        if (plan.Count > 0)
        {
            writer.Settle();
        }

        return [.. plan.Select(item => new SegmentsRemoved(
            item.Log.Topic, item.Log.Partition, item.Start, writer.RemoveBefore(item.Log, item.Start)))];
    }
}
