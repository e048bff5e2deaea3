using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// The order of writes and syncs that the folder's promises rest on. The first failure poisons it for good.
/// </summary>
internal sealed class FolderWriter(TopicCatalog catalog, Ledger ledger, Durability durability)
{
    private readonly LedgerEncoder stepEntry = new();
    private readonly LedgerEncoder stepEnds = new();
    private volatile Exception? poison;

    public Exception? Poison => poison;

    public TopicLog CreateTopic(string name, TopicMeta meta) =>
        Guarded(() =>
        {
            lock (catalog)
            {
                TopicLog topic = catalog.Create(name, meta);
                FolderOpening.Register(catalog, ledger);
                return topic;
            }
        });

    /// <summary>
    /// Segments, then the ledger entry that describes them, then the syncs, then visibility. Returns the position
    /// after the commit's last.
    /// </summary>
    public long Commit(
        List<(PartitionLog Log, RecordBatchBuilder Builder)> batches, LedgerEncoder entries, long positions) =>
        Guarded(() =>
        {
            foreach ((PartitionLog log, RecordBatchBuilder builder) in batches)
            {
                log.Append(builder.Finish());
            }

            (long lsn, LedgerFile file) = ledger.Append(entries, isCommit: true);
            bool sync = durability == Durability.Fsync;
            if (sync)
            {
                foreach ((PartitionLog log, _) in batches)
                {
                    log.Sync();
                }

                file.File.Sync();
            }

            foreach ((PartitionLog log, _) in batches)
            {
                log.Publish();
            }

            long position = ledger.CommittedPosition + positions;
            ledger.Commit(lsn, position, sync);
            return position;
        });

    public void CommitStep(long toPosition, List<DerivedAppender> appenders) =>
        Guarded(() =>
        {
            long changed = 0;
            stepEnds.Clear();
            foreach (DerivedAppender appender in appenders)
            {
                changed += appender.Flush(stepEnds);
            }

            // While replay is behind the journal, the journal's ends already bound what it writes.
            long stepPosition = ledger.State.StepPosition;
            if (toPosition > stepPosition || (toPosition == stepPosition && changed > 0))
            {
                WriteStep(toPosition, changed);
            }

            foreach (DerivedAppender appender in appenders)
            {
                appender.Publish();
            }

            return toPosition;
        });

    /// <summary>Writes the batches of a derived partition whose buffer is full, ahead of its step.</summary>
    public void Append(PartitionLog log, RecordBatchBuilder builder) =>
        Guarded(() => log.Append(builder.Finish()));

    public void Flush() =>
        Guarded(() =>
        {
            long lsn = ledger.SettledLsn;
            LedgerEncoder flushed = new();
            long count = 0;
            foreach (PartitionLog log in catalog.Topics.SelectMany(topic => topic.Partitions))
            {
                long end = log.CommittedEnd;
                long point = RecoveryPoint(log.Id);
                if (end > point)
                {
                    log.SyncFrom(point);
                    flushed.Write(log.Id);
                    flushed.Write(end);
                    count++;
                }
            }

            ledger.ActiveFile.File.Sync();
            ledger.NoteDurable(lsn);
            LedgerEncoder entry = new();
            entry.Begin(LedgerEntryKind.Flushed);
            entry.Write(count);
            entry.Write(flushed.Bytes);
            entry.End();
            ledger.Append(entry);
            return count;
        });

    private long RecoveryPoint(int id)
    {
        lock (ledger.Gate)
        {
            return ledger.State.Partitions[id].RecoveryPoint;
        }
    }

    private void WriteStep(long toPosition, long changed)
    {
        stepEntry.Clear();
        stepEntry.Begin(LedgerEntryKind.Step);
        stepEntry.Write(toPosition);
        stepEntry.Write(changed);
        stepEntry.Write(stepEnds.Bytes);
        stepEntry.End();
        ledger.Append(stepEntry);
    }

    private T Guarded<T>(Func<T> write)
    {
        if (poison is { } cause)
        {
            throw new PoisonedFault(cause);
        }

        try
        {
            return write();
        }
        catch (Exception e)
        {
            poison = e;
            throw;
        }
    }
}
