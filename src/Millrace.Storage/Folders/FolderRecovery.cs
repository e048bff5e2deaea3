using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Records;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// The second half of recovery: brings ledger and partitions to one state. First it decides, reading only; damage is
/// thrown before anything is changed. Then it cuts, and every step of that may be interrupted and done again.
/// <code>
/// ledger   |---- durable: all described records must be there ----|-- tail: cut at the first entry  --|~~torn~~
///                                                                      whose records are not there
/// source   |---- intact, at least to the end at "durable" --------|-- to the ledger's end --|~~cut~~~~~~~~~~~~~
/// derived  |---- intact, at least to its recovery point ----|-- to the last step's end, or less --|~~~cut~~~~~~
/// </code>
/// </summary>
internal sealed class FolderRecovery(
    IDisk disk, string directory, LedgerScan scan, Func<LedgerPartition, PartitionLog?> find,
    Action<int, Action<int>> runParts)
{
    /// <summary>What to say of a topic that the ledger knows and nobody finds.</summary>
    public const string NoTopic = "the topic's folder or the file that describes it is missing";

    private readonly List<PartitionScan> intact = [];
    private readonly List<PartitionLog?> logs = [];
    private readonly List<long> durableEnds = [];
    private readonly List<TailCut> cuts = [];
    private readonly List<PartitionBehind> behind = [];
    private HashSet<int> removed = [];
    private LedgerState state = new();
    private bool sawDurable;
    private SnapshotInfo? witness;

    /// <summary>Says that the ledger was durable up to the snapshot's position when it was completed.</summary>
    public void Require(SnapshotInfo? witness) => this.witness = witness;

    public LedgerRecovered Run(bool sync, out RecoveryReport report)
    {
        long cut = FindCut();
        state = new LedgerState();
        scan.Walk(cut, Apply);
        ScanDerived();
        RequireBounds();
        RequireEdges();
        CutPartitions();
        bool secures = sync || DecidesBehindTheMark(cut);
        SecurePartitions(secures);
        long ledgerBytes = CutLedger(cut);
        SecureLedger(cut);
        DropFirst();
        report = new RecoveryReport { Cuts = cuts, Behind = behind, LedgerBytesCut = ledgerBytes };
        return new LedgerRecovered(scan.Files, state, cut, secures ? cut : scan.DurableLsn);
    }

    // Files go, or went, by such an entry: it must not be lost any more, nor be cut because records before it are.
    private bool DecidesBehindTheMark(long cut)
    {
        bool decides = false;
        scan.Walk(cut, frame =>
        {
            bool isDecision = frame.Kind is
                LedgerEntryKind.Removed or LedgerEntryKind.Start or LedgerEntryKind.Deployment;
            decides |= isDecision && frame.Lsn >= scan.DurableLsn;
            return true;
        });
        return decides;
    }

    // Removed partitions have no files to look for. An entry that is itself cut removed nothing: files go only when it
    // cannot be cut any more.
    private long FindCut()
    {
        for (long limit = scan.EndLsn; ;)
        {
            removed = RemovedBelow(limit);
            limit = FindCut(limit);
            if (RemovedBelow(limit).Count == removed.Count)
            {
                return limit;
            }
        }
    }

    private HashSet<int> RemovedBelow(long limit)
    {
        state = new LedgerState();
        scan.Walk(limit, Apply);
        return [.. Enumerable.Range(0, state.Partitions.Count).Where(id => state.Partitions[id].IsRemoved)];
    }

    // Where the ledger must end: behind the last valid entry all of whose predecessors' records exist.
    private long FindCut(long limit)
    {
        long cut = limit;
        state = new LedgerState();
        sawDurable = false;
        intact.Clear();
        logs.Clear();
        durableEnds.Clear();
        scan.Walk(limit, frame =>
        {
            if (frame.Lsn >= scan.DurableLsn && frame.Kind != LedgerEntryKind.Base)
            {
                ScanSources();
            }

            Apply(frame);
            if (frame.Lsn < scan.DurableLsn || frame.Kind != LedgerEntryKind.Append || RecordsExist(frame))
            {
                return true;
            }

            cut = frame.Lsn;
            return false;
        });
        ScanSources();
        return cut;
    }

    private bool Apply(LedgerFrame frame)
    {
        state.Apply(frame.Kind, frame.Body);
        return true;
    }

    // At the durable mark: what the ledger describes so far must be there, or the folder is damaged.
    private void ScanSources()
    {
        if (sawDurable)
        {
            return;
        }

        sawDurable = true;
        for (int id = 0; id < state.Partitions.Count; id++)
        {
            LedgerPartition partition = state.Partitions[id];
            intact.Add(default);
            logs.Add(Find(id));
            durableEnds.Add(partition.End);
            if (partition.Kind == TopicKind.Source && !removed.Contains(id))
            {
                intact[id] = Require(logs[id], partition, partition.End);
            }
        }
    }

    private bool RecordsExist(LedgerFrame frame)
    {
        LedgerBody body = new(frame.Body);
        for (long left = body.Read(); left > 0;)
        {
            (int id, long count, _) = body.ReadItem();
            left -= count;
            Know(id);
            if (id >= 0 && !removed.Contains(id) && state.Partitions[id].End > intact[id].EndOffset)
            {
                return false;
            }
        }

        return true;
    }

    private PartitionLog? Find(int id) => removed.Contains(id) ? null : find(state.Partitions[id]);

    // A partition registered behind the durable mark.
    private void Know(int id)
    {
        while (intact.Count <= id)
        {
            PartitionLog? log = Find(intact.Count);
            logs.Add(log);
            intact.Add(log is { } known && state.Partitions[intact.Count].Kind == TopicKind.Source
                ? known.Scan(0)
                : default);
            durableEnds.Add(0);
        }
    }

    private void ScanDerived()
    {
        Know(state.Partitions.Count - 1);
        int[] derived =
        [
            .. Enumerable.Range(0, state.Partitions.Count)
                .Where(id => state.Partitions[id].Kind == TopicKind.Derived && !removed.Contains(id)),
        ];
        PartitionScan[] found = new PartitionScan[derived.Length];
        runParts(derived.Length, i =>
        {
            LedgerPartition partition = state.Partitions[derived[i]];
            found[i] = Require(logs[derived[i]], partition, partition.RecoveryPoint);
        });
        for (int i = 0; i < derived.Length; i++)
        {
            intact[derived[i]] = found[i];
        }
    }

    private void RequireBounds()
    {
        if (EndsBefore(state, witness, scan.Files[^1].File) is { } missing)
        {
            throw missing;
        }

        for (int id = 0; id < state.Partitions.Count; id++)
        {
            if (logs[id] is { } log && log.StartOffset > state.Partitions[id].End)
            {
                throw new DamageFault(
                    directory, -1, "the ledger ends before the first record that retention has left", log.Topic,
                    log.Partition, log.StartOffset);
            }
        }

        if (scan.Files[0].BaseLsn > state.FirstLsn)
        {
            throw new DamageFault(
                directory + "/" + LedgerFile.FileName(state.FirstLsn), -1, "the first files of the ledger are missing");
        }
    }

    /// <summary>The damage of a ledger that ends before a snapshot which was made when it went on; else null.</summary>
    public static DamageFault? EndsBefore(LedgerState state, SnapshotInfo? snapshot, IDiskFile last) =>
        snapshot is null || snapshot.Position <= state.NextPosition
            ? null
            : new DamageFault(last.Path, last.Length, string.Create(
                CultureInfo.InvariantCulture,
                $"the ledger ends at position {state.NextPosition}, yet snapshot {snapshot.Number} is of position ")
                + string.Create(CultureInfo.InvariantCulture, $"{snapshot.Position}: entries are missing"));

    // Commits are whole batches: a ledger that ends within one was not written with these records.
    private void RequireEdges()
    {
        for (int id = 0; id < state.Partitions.Count; id++)
        {
            LedgerPartition partition = state.Partitions[id];
            if (partition.Kind == TopicKind.Source && logs[id] is { } log && !log.CanEndAt(partition.End))
            {
                throw new DamageFault(
                    log.Directory, -1, "the ledger ends within a batch of records, so they were not written together",
                    log.Topic, log.Partition, partition.End);
            }
        }
    }

    private static string CutReason(PartitionScan found, LedgerPartition partition) =>
        found.Status != BatchStatus.Valid ? "torn tail"
        : partition.Kind == TopicKind.Source ? "the ledger does not have it"
        : "no step covers it";

    private PartitionScan Require(PartitionLog? log, LedgerPartition partition, long end)
    {
        if (log is null)
        {
            return end == 0
                ? default
                : throw new DamageFault(
                    TopicMetaOf(partition), -1, NoTopic,
                    partition.Topic, partition.Partition, 0);
        }

        return log.Scan(end);
    }

    private string TopicMetaOf(LedgerPartition partition) =>
        $"{directory[..directory.LastIndexOf('/')]}/topics/{partition.Topic}/{TopicMeta.FileName}";

    private void CutPartitions()
    {
        for (int id = 0; id < state.Partitions.Count; id++)
        {
            if (logs[id] is not { } log)
            {
                continue;
            }

            LedgerPartition partition = state.Partitions[id];
            long bytes = log.TruncateTo(Math.Min(partition.End, intact[id].EndOffset));
            if (bytes > 0)
            {
                cuts.Add(new TailCut(
                    partition.Topic, partition.Partition, log.EndOffset, bytes, CutReason(intact[id], partition)));
            }

            if (log.EndOffset != partition.End && partition.Kind == TopicKind.Source)
            {
                throw new InvalidOperationException("a source's end was to be where a batch ends");
            }

            if (log.EndOffset < partition.End)
            {
                behind.Add(new PartitionBehind(partition.Topic, partition.Partition, log.EndOffset, partition.End));
            }
        }
    }

    // Every partition is synced before anything new is written, also where there was nothing to cut: a recovery that
    // was killed may have cut there and not synced. The next records get the same offsets; what was cut, back after a
    // loss of power, would pass for them. What is behind the durable marks may sit in the page cache only: where it is
    // to count as durable from here on, it is written once more before.
    private void SecurePartitions(bool rewrite)
    {
        for (int id = 0; id < state.Partitions.Count; id++)
        {
            if (logs[id] is not { } log)
            {
                continue;
            }

            LedgerPartition partition = state.Partitions[id];
            bool source = partition.Kind == TopicKind.Source;
            long from = source ? durableEnds[id] : partition.RecoveryPoint;
            if (log.EndOffset > from)
            {
                log.NoteRecovered(from);
            }

            if (source && rewrite)
            {
                log.RewriteRecovered();
            }

            log.Sync();
        }
    }

    // The kept file that holds the cut always remains: a cut lies behind the base entry of its file. Later files must
    // be gone for good, also those that an interrupted recovery removed, before an earlier one is removed or cut: with
    // it gone and them back, the ledger would have a hole.
    private long CutLedger(long cut)
    {
        long bytes = 0;
        disk.SyncDirectory(directory);
        foreach (LedgerFile file in scan.Unfinished)
        {
            bytes += Remove(file);
        }

        List<LedgerFile> files = (List<LedgerFile>)scan.Files;
        while (files[^1].BaseLsn >= cut)
        {
            bytes += Remove(files[^1]);
            files.RemoveAt(files.Count - 1);
        }

        LedgerFile last = files[^1];
        long excess = last.File.Length - (cut - last.BaseLsn);
        if (excess > 0)
        {
            last.File.Truncate(cut - last.BaseLsn);
        }

        return bytes + Math.Max(excess, 0);
    }

    // When the entry that lets them go is on disk for good.
    private void DropFirst()
    {
        List<LedgerFile> files = (List<LedgerFile>)scan.Files;
        while (files[0].BaseLsn < state.FirstLsn)
        {
            files[0].Delete(disk, directory);
            files.RemoveAt(0);
        }
    }

    private long Remove(LedgerFile file)
    {
        long bytes = file.File.Length;
        file.Delete(disk, directory);
        return bytes;
    }

    // In any case: what was cut must not come back under new entries, and that its files exist is what tells lost
    // records from no records.
    private void SecureLedger(long cut)
    {
        foreach (LedgerFile file in scan.Files.Where((_, i) => i + 1 == scan.Files.Count || IsTail(i + 1)))
        {
            long from = Math.Max(scan.DurableLsn - file.BaseLsn, 0);
            long to = file == scan.Files[^1] ? cut - file.BaseLsn : file.File.Length;
            DiskRewrite.Run(file.File, from, to);
            file.File.Sync();
        }

        disk.SyncDirectory(directory);
    }

    private bool IsTail(int file) => scan.Files[file].BaseLsn > scan.DurableLsn;
}
