using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Makes durable what commits do not, partition by partition, then has the ledger say so. The syncs of commits queue
/// behind each of these, so who is in no hurry leaves time between them. One thread at a time; may be begun anew at any
/// time.
/// </summary>
internal sealed class FolderFlush(TopicCatalog catalog, Ledger ledger)
{
    private readonly Queue<PartitionLog> left = [];
    private readonly List<(PartitionLog Log, long End)> flushed = [];
    private long lsn;

    /// <summary>True between <see cref="Begin"/> and the last <see cref="Advance"/>.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>From here on it goes through all partitions.</summary>
    public void Begin()
    {
        IsUnderWay = true;
        lsn = ledger.SettledLsn;
        flushed.Clear();
        left.Clear();
        foreach (PartitionLog log in catalog.Topics.SelectMany(topic => topic.Partitions))
        {
            left.Enqueue(log);
        }
    }

    /// <summary>
    /// Syncs the next partition that has something to sync; or, when there is none left, the ledger, and returns true:
    /// everything is durable that the ledger said at the beginning.
    /// </summary>
    public bool Advance()
    {
        while (left.TryPeek(out PartitionLog? log))
        {
            bool isSynced = !log.IsRemoved && TrySync(log);
            left.Dequeue();
            if (isSynced)
            {
                return false;
            }
        }

        ledger.ActiveFile.File.Sync();
        ledger.NoteDurable(lsn);
        IsUnderWay = false;
        Note();
        return true;
    }

    private bool TrySync(PartitionLog log)
    {
        (long end, long point) = Flushable(log);
        if (end <= point)
        {
            return false;
        }

        log.SyncFrom(point);
        flushed.Add((log, end));
        return true;
    }

    // What an appender outside the steps has written is not yet the ledger's, and recovery may cut it. Of a topic that
    // is just being created the ledger may know nothing at all.
    private (long End, long Point) Flushable(PartitionLog log)
    {
        lock (ledger.Gate)
        {
            if (log.Id < 0)
            {
                return default;
            }

            LedgerPartition known = ledger.State.Partitions[log.Id];
            return (Math.Min(log.CommittedEnd, known.End), known.RecoveryPoint);
        }
    }

    private void Note()
    {
        flushed.RemoveAll(partition => partition.Log.IsRemoved);
        LedgerEncoder entry = new();
        entry.Begin(LedgerEntryKind.Flushed);
        entry.Write(flushed.Count);
        foreach ((PartitionLog log, long end) in flushed)
        {
            entry.Write(log.Id);
            entry.Write(end);
        }

        entry.End();
        try
        {
            ledger.Append(entry);
        }
        catch (DiskFullFault)
        {
            // It is done, only not noted: the next recovery scans more than it needs to.
        }
    }
}
