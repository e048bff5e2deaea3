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
    private readonly Lock flushing = new();
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

    public void CommitStep(long toPosition, IReadOnlyList<DerivedAppender> appenders) =>
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
                appender.Show();
            }

            return toPosition;
        });

    /// <summary>Writes the batches of a derived partition whose buffer is full, ahead of its step.</summary>
    public void Append(PartitionLog log, RecordBatchBuilder builder) =>
        Guarded(() => log.Append(builder.Finish()));

    public void Flush() =>
        Guarded(() =>
        {
            FlushAll();
            return 0;
        });

    /// <summary>Writes what a derived appender outside the steps holds, and shows it.</summary>
    public void Publish(DerivedAppender appender) =>
        Guarded(() =>
        {
            appender.Flush(null);
            appender.Show();
            return 0;
        });

    public long CommitDeployment(ReadOnlySpan<byte> bytes)
    {
        byte[] stored = bytes.ToArray();
        return Guarded(() =>
        {
            long number;
            lock (ledger.Gate)
            {
                number = ledger.State.DeploymentNumber + 1;
            }

            LedgerEncoder entry = new();
            entry.Begin(LedgerEntryKind.Deployment);
            LedgerState.WriteDeployment(entry, number, stored);
            entry.End();
            Journal(entry);
            return number;
        });
    }

    public void RemoveTopic(TopicLog topic) =>
        Guarded(() =>
        {
            LedgerEncoder entry = new();
            entry.Begin(LedgerEntryKind.Removed);
            entry.Write(topic.Partitions.Count);
            foreach (PartitionLog partition in topic.Partitions)
            {
                entry.Write(partition.Id);
            }

            entry.End();
            Journal(entry);
            lock (flushing)
            {
                catalog.Forget(topic.Name);
            }

            catalog.DeleteFiles(topic.Name);
            return 0;
        });

    /// <summary>Drops the ledger's files that hold nothing at or above a position.</summary>
    public void DropLedgerBefore(long position)
    {
        if (ledger.FindStart(position) is not { } start)
        {
            return;
        }

        Guarded(() =>
        {
            LedgerEncoder entry = new();
            entry.Begin(LedgerEntryKind.Start);
            entry.Write(start.File.BaseLsn);
            entry.Write(start.Position);
            entry.End();
            Journal(entry);
            ledger.DeleteBefore(start.File.BaseLsn);
            return 0;
        });
    }

    // Writes an entry so that no recovery takes it back: it is on disk, and so are the records of all commits before
    // it, for want of which a recovery would cut. A commit that is being written is waited for.
    private void Journal(LedgerEncoder entry)
    {
        long end = ledger.Append(entry).EndLsn;
        do
        {
            ThrowIfPoisoned();
            FlushAll();
        }
        while (ledger.DurableLsn < end);
    }

    private void FlushAll()
    {
        lock (flushing)
        {
            long lsn = ledger.SettledLsn;
            LedgerEncoder flushed = new();
            long count = 0;
            foreach (PartitionLog log in catalog.Topics.SelectMany(topic => topic.Partitions))
            {
                (long end, long point) = Flushable(log);
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
        }
    }

    // What an appender outside the steps has written is not yet the ledger's, and recovery may cut it.
    private (long End, long Point) Flushable(PartitionLog log)
    {
        lock (ledger.Gate)
        {
            LedgerPartition known = ledger.State.Partitions[log.Id];
            return (Math.Min(log.CommittedEnd, known.End), known.RecoveryPoint);
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

    private void ThrowIfPoisoned()
    {
        if (poison is { } cause)
        {
            throw new PoisonedFault(cause);
        }
    }

    private T Guarded<T>(Func<T> write)
    {
        ThrowIfPoisoned();
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
