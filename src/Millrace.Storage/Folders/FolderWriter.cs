using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// The order of writes and syncs that the folder's promises rest on. The first failure poisons it for good, unless it
/// is that there was no room and everything is as before.
/// </summary>
internal sealed class FolderWriter(TopicCatalog catalog, Ledger ledger, Durability durability, SpaceGuard space)
{
    private const int WriteBehindBytes = 256 << 10;

    private readonly List<(PartitionLog Log, LogMark Mark)> marks = [];
    private readonly LedgerEncoder stepEntry = new();
    private readonly LedgerEncoder stepEnds = new();
    private readonly FolderFlush flush = new(catalog, ledger);
    private readonly Lock flushing = new();
    private volatile Exception? poison;
    private volatile bool differs;

    public Exception? Poison => poison;

    /// <summary>
    /// True once inputs were passed over, or the replay is that of another project: it cannot give all that was
    /// written.
    /// </summary>
    public bool MayReplayDiffer => differs || catalog.HasPassedInputs;

    /// <summary>Says that the replay may give other rows; before it.</summary>
    public void LetReplayDiffer() => differs = true;

    /// <summary>Creates a topic, or finishes the creation of one for which there was no room.</summary>
    public TopicLog CreateTopic(string name, TopicMeta meta) =>
        Guarded(() =>
        {
            lock (catalog)
            {
                TopicLog topic = catalog.TryGet(name, out TopicLog? begun) ? begun! : Create(name, meta);
                FolderOpening.Register(catalog, ledger);
                return topic;
            }
        });

    /// <summary>
    /// Segments, then the ledger entry that describes them, then the syncs, then visibility. Returns the position
    /// after the commit's last.
    /// </summary>
    /// <exception cref="DiskFullFault">There is no room for it; nothing was changed.</exception>
    public long Commit(
        List<(PartitionLog Log, RecordBatchBuilder Builder)> batches, LedgerEncoder entries, long positions) =>
        Guarded(() =>
        {
            (long lsn, LedgerFile file) = Write(batches, entries);
            bool sync = durability == Durability.Fsync;
            if (sync)
            {
                // All at once: the first sync then often makes durable what the others would have waited for.
                foreach ((PartitionLog log, _) in batches)
                {
                    log.WriteBehind(1);
                }

                file.File.WriteBehind(lsn - file.BaseLsn - entries.Bytes.Length, lsn - file.BaseLsn);
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
                appender.NoteStep(endsReplay: toPosition >= stepPosition);
                appender.Show();
            }

            return toPosition;
        });

    /// <summary>Writes the batches of a derived partition whose buffer is full, ahead of its step.</summary>
    public void Append(PartitionLog log, RecordBatchBuilder builder) =>
        Guarded(() => log.Append(builder.Finish()));

    /// <summary>
    /// Makes the next partition durable of a flush that goes through all of them; true when it is through.
    /// </summary>
    public bool FlushNext() =>
        Guarded(() =>
        {
            lock (flushing)
            {
                if (!flush.IsUnderWay)
                {
                    flush.Begin();
                }

                return flush.Advance();
            }
        });

    /// <summary>
    /// Has the disk begin with what the models' topics got, which no commit syncs. Else it would gather until the next
    /// flush, and commits would wait behind all of it. Where no commit waits for the disk, the system does better in
    /// its own time.
    /// </summary>
    public void WriteBehind()
    {
        if (durability == Durability.Os)
        {
            return;
        }

        lock (flushing)
        {
            WriteBehind(WriteBehindBytes);
        }
    }

    /// <summary>
    /// Makes everything durable that the ledger says now, so that no recovery takes it back: the entries are on disk,
    /// and so are the records of all commits before, for want of which a recovery would cut. A commit that is being
    /// written is waited for.
    /// </summary>
    public void Settle() =>
        Guarded(() =>
        {
            SettleTo(ledger.EndLsn);
            return 0;
        });

    /// <summary>Where the journalled steps have left a derived partition.</summary>
    public long StepEnd(PartitionLog log)
    {
        lock (ledger.Gate)
        {
            return ledger.State.Partitions[log.Id].End;
        }
    }

    /// <summary>Below this offset the records are on disk, as the ledger knows.</summary>
    public long RecoveryPoint(PartitionLog log)
    {
        lock (ledger.Gate)
        {
            return ledger.State.Partitions[log.Id].RecoveryPoint;
        }
    }

    /// <summary>
    /// Changes what lies in a partition's folder: a failure stops the folder. Such changes and flushes keep out of each
    /// other's way, and of a removal of the topic, after which nothing is done.
    /// </summary>
    public T? Cleaning<T>(PartitionLog log, Func<T> clean) => Guarded(() => Exclusively(log, clean));

    /// <summary>The same for what nothing depends upon yet: a failure is the caller's.</summary>
    public T? Exclusively<T>(PartitionLog log, Func<T> clean)
    {
        ThrowIfPoisoned();
        lock (flushing)
        {
            return log.IsRemoved ? default : clean();
        }
    }

    /// <summary>Lets retention have the last segment when it is old enough.</summary>
    public void RollAged(PartitionLog log, long nowMs) =>
        Cleaning(log, () =>
        {
            log.RollAged(nowMs);
            return 0;
        });

    /// <summary>Removes the records below an offset; returns the bytes.</summary>
    public long RemoveBefore(PartitionLog log, long offset) => Cleaning(log, () => log.RemoveBefore(offset));

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

    private TopicLog Create(string name, TopicMeta meta)
    {
        space.RequireNow();
        try
        {
            return catalog.Create(name, meta);
        }
        catch (DiskFault fault) when (fault.IsRefusal)
        {
            throw new DiskFullFault(fault);
        }
    }

    // All or nothing: what was written of a commit that there was no room for is taken back.
    private (long Lsn, LedgerFile File) Write(
        List<(PartitionLog Log, RecordBatchBuilder Builder)> batches, LedgerEncoder entries)
    {
        long bytes = entries.Bytes.Length;
        foreach ((_, RecordBatchBuilder builder) in batches)
        {
            bytes += builder.Length;
        }

        space.Require(bytes);
        marks.Clear();
        try
        {
            foreach ((PartitionLog log, RecordBatchBuilder builder) in batches)
            {
                marks.Add((log, log.Append(builder.Finish())));
            }

            return ledger.Append(entries, isCommit: true);
        }
        catch (DiskFullFault)
        {
            foreach ((PartitionLog log, LogMark mark) in marks)
            {
                log.TakeBack(mark);
            }

            throw;
        }
    }

    private void Journal(LedgerEncoder entry) => SettleTo(ledger.Append(entry).EndLsn);

    private void SettleTo(long lsn)
    {
        do
        {
            ThrowIfPoisoned();
            FlushAll();
        }
        while (ledger.DurableLsn < lsn);
    }

    private void FlushAll()
    {
        lock (flushing)
        {
            flush.Begin();
            WriteBehind(atLeast: 1);
            while (!flush.Advance())
            {
            }
        }
    }

    // What commits sync, they also begin with.
    private void WriteBehind(int atLeast)
    {
        foreach (PartitionLog log in catalog.Topics.SelectMany(topic => topic.Partitions))
        {
            if (log.Kind == TopicKind.Derived || durability == Durability.Os)
            {
                log.WriteBehind(atLeast);
            }
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
        catch (DiskFullFault)
        {
            throw;
        }
        catch (Exception e)
        {
            poison = e;
            throw;
        }
    }
}
