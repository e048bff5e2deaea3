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
        SyncPath(disk, path, isNew: LedgerFile.List(disk, ledgerPath).Count == 0);
        TopicCatalog catalog = new(disk, topicsPath, options.SegmentBytes, readOnly: false, options.SkipDamaged);
        catalog.OpenAll();
        List<LedgerFile> files = LedgerFile.OpenAll(disk, ledgerPath, readOnly: false);
        bool sync = options.Durability == Durability.Fsync;
        LedgerScan? scan = LedgerScan.Run(files, readOnly: false, out IReadOnlyList<LedgerFile> unfinished);
        if (scan is null)
        {
            if (OrphansOf(catalog, ledgerPath) is { } orphans)
            {
                throw orphans;
            }

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
        TakeIds(catalog, recovered.State);
        ClearUnknown(catalog);
        catalog.SyncNames();
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

    /// <summary>
    /// The damage of records without a ledger, whose first file is durable before the first record is written; null
    /// when there are no records either.
    /// </summary>
    public static DamageFault? OrphansOf(TopicCatalog catalog, string ledgerPath)
    {
        PartitionLog? orphan = catalog.Topics.Where(topic => topic.Kind == TopicKind.Source)
            .SelectMany(topic => topic.Partitions)
            .FirstOrDefault(partition => partition.Segments.Length > 0);
        if (orphan is not null)
        {
            return new DamageFault(
                ledgerPath, -1, "source records are there, and no ledger that can be read", orphan.Topic,
                orphan.Partition, 0);
        }

        return catalog.FindNameless() is not { } folder ? null : new DamageFault(
            folder, -1, "records are there, and neither a topic.meta nor a ledger that can be read and says of what");
    }

    /// <summary>
    /// Finishes a removal that was cut short. A topic created anew since, of which the ledger knows nothing yet, holds
    /// nothing that was acknowledged and may go with it.
    /// </summary>
    public static void ForgetRemoved(TopicCatalog catalog, LedgerState state, bool delete)
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

    /// <summary>Gives the partitions the ids by which the ledger knows them.</summary>
    public static void TakeIds(TopicCatalog catalog, LedgerState state)
    {
        for (int id = 0; id < state.Partitions.Count; id++)
        {
            if (!state.Partitions[id].IsRemoved && Find(catalog, state.Partitions[id]) is { } log)
            {
                log.Id = id;
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

    // The name of the folder, and before it holds anything those of all folders above it: this opening may have made
    // them, or one that was killed before it came to here.
    private static void SyncPath(IDisk disk, string path, bool isNew)
    {
        string parent = ParentOf(path);
        disk.SyncDirectory(parent);
        while (isNew && parent is not ("." or "/"))
        {
            parent = ParentOf(parent);
            try
            {
                disk.SyncDirectory(parent);
            }
            catch (DiskFault fault) when (fault.IsDenied)
            {
                // Whoever may not even look at a folder has made none in it.
            }
        }
    }

    private static string ParentOf(string path) =>
        path.LastIndexOf('/') switch { < 0 => ".", 0 => "/", int at => path[..at] };

    private static LedgerFile First(IDisk disk, string directory)
    {
        LedgerEncoder entry = new();
        new LedgerState().WriteBase(entry);
        LedgerFrame.Seal(entry.Bytes, 0, 0);
        return Ledger.CreateFile(disk, directory, 0, entry.Bytes);
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
