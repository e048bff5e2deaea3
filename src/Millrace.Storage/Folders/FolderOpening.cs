using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>Brings the parts of a folder together at opening: topics found, ledger scanned, both recovered.</summary>
internal sealed record FolderOpening(
    TopicCatalog Catalog, Ledger Ledger, SnapshotStore Snapshots, RecoveryReport Report)
{
    public static FolderOpening Recover(IDisk disk, string path, DataFolderOptions options)
    {
        string ledgerPath = path + "/ledger";
        string topicsPath = path + "/topics";
        disk.CreateDirectory(ledgerPath);
        disk.CreateDirectory(topicsPath);
        disk.CreateDirectory(path + "/snapshots");
        disk.SyncDirectory(path);
        disk.SyncDirectory(path.LastIndexOf('/') switch { < 0 => ".", 0 => "/", int at => path[..at] });
        TopicCatalog catalog = new(disk, topicsPath, options.SegmentBytes, readOnly: false, options.SkipDamaged);
        catalog.OpenAll();
        List<LedgerFile> files = LedgerFile.OpenAll(disk, ledgerPath, readOnly: false);
        bool sync = options.Durability == Durability.Fsync;
        LedgerScan? scan = LedgerScan.Run(files, readOnly: false, out IReadOnlyList<LedgerFile> unfinished);
        if (scan is null)
        {
            RefuseOrphans(catalog, ledgerPath);
            Forget(disk, unfinished);
            files.Add(First(disk, ledgerPath));
            scan = LedgerScan.Run(files, readOnly: false, out _)!;
        }

        SnapshotStore snapshots = SnapshotStore.Open(disk, path + "/snapshots", readOnly: true);
        FolderRecovery recovery = new(disk, ledgerPath, scan, partition => Find(catalog, partition), options.RunParts);
        recovery.Require(snapshots.List().MaxBy(info => info.Position));
        LedgerRecovered recovered = recovery.Run(sync, out RecoveryReport report);
        Ledger ledger = new(disk, ledgerPath, options.LedgerFileBytes, recovered);
        ForgetRemoved(catalog, recovered.State, delete: true);
        catalog.RemoveUnfinished();
        catalog.SyncNames();
        TakeIds(catalog, recovered.State);
        ClearUnknown(catalog);
        Register(catalog, ledger);
        foreach (PartitionLog partition in catalog.Topics.SelectMany(topic => topic.Partitions))
        {
            partition.Publish();
        }

        // Snapshots of a later deployment were to be its beginning, and that deployment never was.
        snapshots = SnapshotStore.Open(disk, path + "/snapshots", readOnly: false);
        snapshots.RemoveAfterDeployment(recovered.State.DeploymentNumber);
        return new FolderOpening(catalog, ledger, snapshots, report with
        {
            Skipped = [.. catalog.Topics.SelectMany(topic => topic.Partitions).SelectMany(log => log.Unreadable)],
        });
    }

    /// <summary>
    /// The folder as its ledger describes it now; nothing is scanned or changed. Null when there is none yet: also
    /// where a process died while it made it.
    /// </summary>
    public static FolderOpening? Peek(IDisk disk, string path, bool skipDamaged)
    {
        string ledgerPath = path + "/ledger";

        // Before the ledger: of what a snapshot describes that knows all.
        SnapshotStore snapshots = SnapshotStore.Open(disk, path + "/snapshots", readOnly: true);
        List<LedgerFile> files = LedgerFile.OpenAll(disk, ledgerPath, readOnly: true);
        if (LedgerScan.Run(files, readOnly: true, out IReadOnlyList<LedgerFile> unfinished) is not { } scan)
        {
            unfinished.ToList().ForEach(file => file.Dispose());
            return null;
        }

        LedgerState state = new();
        scan.Walk(scan.EndLsn, frame =>
        {
            state.Apply(frame.Kind, frame.Body);
            return true;
        });
        DamageFault? damage = scan.Damage ?? FolderRecovery.EndsBefore(
            state, snapshots.List().MaxBy(info => info.Position), files[^1].File);
        if (damage is not null && !skipDamaged)
        {
            files.ForEach(file => file.Dispose());
            throw damage;
        }

        // The segments are listed after the ledger was read, so they hold whatever it describes.
        TopicCatalog catalog = new(disk, path + "/topics", long.MaxValue, readOnly: true, skipDamaged);
        catalog.OpenAll();
        ForgetRemoved(catalog, state, delete: false);
        TakeIds(catalog, state);
        if (damage is not null)
        {
            ShowAll(catalog);
        }

        Ledger ledger = new(
            disk, ledgerPath, long.MaxValue, new LedgerRecovered(files, state, scan.EndLsn, scan.DurableLsn));
        return new FolderOpening(catalog, ledger, snapshots, new RecoveryReport { LedgerDamage = damage?.Message });
    }

    // A ledger that ends too early says nothing of the records behind: what is in the files is all there is to go by.
    private static void ShowAll(TopicCatalog catalog)
    {
        foreach (PartitionLog partition in catalog.Topics.SelectMany(topic => topic.Partitions))
        {
            partition.PublishUpTo(Math.Max(partition.EndOffset, partition.Scan(0).EndOffset));
        }
    }

    /// <summary>Gives the partitions that the ledger does not know their ids.</summary>
    public static void Register(TopicCatalog catalog, Ledger ledger)
    {
        LedgerEncoder entries = new();
        List<PartitionLog> added = [];
        foreach (TopicLog topic in catalog.Topics)
        {
            foreach (PartitionLog partition in topic.Partitions.Where(partition => partition.Id < 0))
            {
                added.Add(partition);
                LedgerState.WriteTopic(entries, new LedgerPartition(topic.Name, partition.Partition, topic.Kind));
            }
        }

        if (entries.IsEmpty)
        {
            return;
        }

        int next = ledger.State.Partitions.Count;
        ledger.Append(entries);
        foreach (PartitionLog partition in added)
        {
            partition.Id = next++;
        }
    }

    // A removal that was cut short is finished. A topic created anew since, of which the ledger knows nothing yet,
    // holds nothing that was acknowledged and may go with it.
    private static void ForgetRemoved(TopicCatalog catalog, LedgerState state, bool delete)
    {
        HashSet<string> names = [.. state.Partitions.Where(p => p.IsRemoved).Select(p => p.Topic)];
        names.ExceptWith(state.Partitions.Where(p => !p.IsRemoved).Select(p => p.Topic));
        foreach (string name in names)
        {
            catalog.Forget(name);
            if (delete)
            {
                catalog.DeleteFiles(name);
            }
        }
    }

    private static void TakeIds(TopicCatalog catalog, LedgerState state)
    {
        for (int id = 0; id < state.Partitions.Count; id++)
        {
            if (!state.Partitions[id].IsRemoved && Find(catalog, state.Partitions[id]) is { } log)
            {
                log.Id = id;
                if (log.IsReadOnly)
                {
                    log.PublishUpTo(state.Partitions[id].End);
                }
            }
        }
    }

    // A partition whose registration was lost holds nothing that was acknowledged: that would have been after it.
    private static void ClearUnknown(TopicCatalog catalog)
    {
        foreach (PartitionLog log in catalog.Topics.SelectMany(topic => topic.Partitions).Where(log => log.Id < 0))
        {
            log.TruncateTo(0);
            log.Sync();
        }
    }

    private static PartitionLog? Find(TopicCatalog catalog, LedgerPartition partition) =>
        catalog.TryGet(partition.Topic, out TopicLog? topic)
            && topic!.Kind == partition.Kind && partition.Partition < topic.Partitions.Count
            ? topic[partition.Partition]
            : null;

    private static LedgerFile First(IDisk disk, string directory)
    {
        LedgerEncoder entry = new();
        new LedgerState().WriteBase(entry);
        LedgerFrame.Seal(entry.Bytes, 0, 0);
        return Ledger.CreateFile(disk, directory, 0, entry.Bytes);
    }

    // The first file of a ledger is durable before the first record is written: records without a ledger are damage.
    private static void RefuseOrphans(TopicCatalog catalog, string ledgerPath)
    {
        foreach (TopicLog topic in catalog.Topics.Where(topic => topic.Kind == TopicKind.Source))
        {
            if (topic.Partitions.FirstOrDefault(partition => partition.Segments.Length > 0) is { } orphan)
            {
                throw new DamageFault(
                    ledgerPath, -1, "source records are there but the ledger is missing", topic.Name,
                    orphan.Partition, 0);
            }
        }
    }

    private static void Forget(IDisk disk, IReadOnlyList<LedgerFile> unfinished)
    {
        foreach (LedgerFile file in unfinished)
        {
            file.Dispose();
            disk.Delete(file.File.Path);
        }
    }
}
