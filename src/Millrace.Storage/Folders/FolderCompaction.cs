using Millrace.Storage.Compaction;
using Millrace.Storage.Disk;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Compacts one partition after another, the one with most to gain first, slice by slice. On one thread, beside the
/// writers; a partition that cannot be read is left alone until the folder is opened again.
/// </summary>
internal sealed class FolderCompaction(TopicCatalog catalog, FolderWriter writer, SpaceGuard space)
{
    private const int MostKeys = 1_000_000;
    private readonly HashSet<PartitionLog> unreadable = [];
    private CompactionPass? pass;

    /// <summary>Bytes by which segments have become smaller so far.</summary>
    public long FreedBytes { get; private set; }

    /// <summary>Does a slice of work; false when there is nothing to do.</summary>
    public bool Run(long nowMs, Func<PartitionLog, long> neededFrom, int maxBytes)
    {
        if (pass is null && !Begin(nowMs, neededFrom))
        {
            return false;
        }

        CompactionPass current = pass!;
        try
        {
            Advance(current, maxBytes);
        }
        catch (DiskFault fault) when (fault.IsRefusal)
        {
            Abandon(current);
            throw new DiskFullFault(fault);
        }
        catch (DiskFullFault)
        {
            Abandon(current);
            throw;
        }
        catch (StorageFault)
        {
            unreadable.Add(current.Log);
            Abandon(current);
            throw;
        }

        return true;
    }

    /// <summary>Whether there is something to do, room or not.</summary>
    public bool IsWanted(long nowMs, Func<PartitionLog, long> neededFrom) => Best(nowMs, neededFrom) is not null;

    private void Advance(CompactionPass current, int maxBytes)
    {
        PassProgress? progress = writer.Exclusively<PassProgress?>(
            current.Log, () => current.IsStale ? null : current.Run(maxBytes));
        switch (progress)
        {
            case null:
                Abandon(current);
                break;
            case PassProgress.Swap:
                FreedBytes += writer.Cleaning(current.Log, current.Swap);
                break;
            case PassProgress.Done:
                writer.Cleaning(current.Log, () =>
                {
                    current.Finish();
                    return 0;
                });
                pass = null;
                break;
        }
    }

    private bool Begin(long nowMs, Func<PartitionLog, long> neededFrom)
    {
        PartitionLog? best = Best(nowMs, neededFrom);
        if (best is null || space.FreeBytes < best.SegmentBytes + (space.ReserveBytes / 2))
        {
            return false;
        }

        long limit = LimitOf(best, neededFrom);
        writer.Settle();
        pass = new CompactionPass(best, limit, nowMs, MostKeys);
        return true;
    }

    private PartitionLog? Best(long nowMs, Func<PartitionLog, long> neededFrom)
    {
        PartitionLog? best = null;
        double most = 0;
        foreach (TopicLog topic in catalog.Topics.Where(topic => topic.Settings.Compacts))
        {
            foreach (PartitionLog log in topic.Partitions.Where(log => !unreadable.Contains(log)))
            {
                double ratio = log.DirtyRatio(LimitOf(log, neededFrom), nowMs);
                if (ratio > most && ratio >= topic.Settings.MinCleanableDirtyRatio)
                {
                    (best, most) = (log, ratio);
                }
            }
        }

        return best;
    }

    private long LimitOf(PartitionLog log, Func<PartitionLog, long> neededFrom) =>
        Math.Min(neededFrom(log), writer.RecoveryPoint(log));

    private void Abandon(CompactionPass current)
    {
        pass = null;
        current.Abandon();
    }
}
