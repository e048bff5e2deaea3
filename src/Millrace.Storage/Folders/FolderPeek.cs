using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Looks at a folder that another process may be writing: as its ledger describes it at this moment; nothing is scanned
/// or changed. Where ledger or topics do not tell any more what there is, and that is to be passed over, the files of
/// the partitions do.
/// </summary>
internal sealed class FolderPeek
{
    private readonly IDisk disk;
    private readonly string path;
    private readonly TopicCatalog catalog;
    private readonly List<DamageFault> damage = [];
    private readonly List<LedgerFile> files;
    private readonly IReadOnlyList<LedgerFile> unfinished;
    private readonly SnapshotStore snapshots;
    private readonly LedgerScan? scan;
    private readonly LedgerState state = new();

    private FolderPeek(IDisk disk, string path, bool skipDamaged)
    {
        this.disk = disk;
        this.path = path;

        // In this order: of what a snapshot describes the ledger knows all, and the segments hold all that the ledger
        // describes.
        snapshots = SnapshotStore.Open(disk, path + "/snapshots", readOnly: true);
        files = LedgerFile.OpenAll(disk, path + "/ledger", readOnly: true);
        scan = LedgerScan.Run(files, readOnly: true, out unfinished);
        catalog = new TopicCatalog(disk, path + "/topics", long.MaxValue, readOnly: true, skipDamaged)
        {
            Damaged = damage.Add,
        };
        ReadLedger();
        catalog.OpenAll();
        FolderOpening.ForgetRemoved(catalog, state, delete: false);
        if (scan is null && FolderOpening.OrphansOf(catalog, path + "/ledger") is { } orphans)
        {
            damage.Add(orphans);
        }

        RequireTopics();
    }

    /// <summary>Null when there is none yet: also where a process died while it made it.</summary>
    /// <exception cref="DamageFault">It is damaged, and that is not to be passed over.</exception>
    /// <exception cref="DiskFault">It is a file.</exception>
    public static FolderOpening? Open(IDisk disk, string path, bool skipDamaged)
    {
        if (disk.FileExists(path))
        {
            throw new DiskFault(path, DiskFault.OpenFolder, 0, "this is a file, and a data folder is a folder");
        }

        // What a process at work changes within a look is no damage: a second one does not see it.
        FolderPeek look = new(disk, path, skipDamaged);
        if (look.damage.Count > 0)
        {
            look.Close();
            look = new FolderPeek(disk, path, skipDamaged);
        }

        if (look.damage.Count > 0 && !skipDamaged)
        {
            look.Close();
            throw look.damage[0];
        }

        if (look.scan is null && look.damage.Count == 0)
        {
            look.Close();
            return null;
        }

        return look.Finish();
    }

    private void ReadLedger()
    {
        scan?.Walk(scan.EndLsn, frame =>
        {
            state.Apply(frame.Kind, frame.Body);
            return true;
        });
        SnapshotInfo? witness = snapshots.List().MaxBy(info => info.Position);
        if (scan is { } && (scan.Damage ?? FolderRecovery.EndsBefore(state, witness, files[^1].File)) is { } fault)
        {
            damage.Add(fault);
        }
    }

    // Those whose description is lost are opened by what the ledger, or else the names of their folders, say of them.
    private void RequireTopics()
    {
        ILookup<string, LedgerPartition> known = state.Partitions.Where(p => !p.IsRemoved).ToLookup(p => p.Topic);
        IEnumerable<string> there = damage.Count > 0 ? disk.List(catalog.Directory).Where(TopicName.IsLegal) : [];
        foreach (string name in known.Select(topic => topic.Key).Union(there).Where(n => !catalog.TryGet(n, out _)))
        {
            int folders = catalog.CountPartitions(name);
            bool hasRecords = known.Contains(name) ? known[name].Any(p => p.End > 0) : scan is null && folders > 0;
            if (!hasRecords)
            {
                continue;
            }

            string meta = $"{catalog.Directory}/{name}/{TopicMeta.FileName}";
            if (!damage.Exists(fault => fault.Path == meta))
            {
                damage.Add(new DamageFault(meta, -1, FolderRecovery.NoTopic, name, 0, 0));
            }

            TopicKind kind = known[name].FirstOrDefault()?.Kind ?? TopicKind.Derived;
            catalog.Add(name, new TopicMeta(Math.Max(folders, known[name].Count()), kind));
        }
    }

    private FolderOpening Finish()
    {
        foreach (LedgerFile file in unfinished)
        {
            file.Dispose();
        }

        FolderOpening.TakeIds(catalog, state);
        foreach (PartitionLog log in catalog.Topics.SelectMany(topic => topic.Partitions))
        {
            long end = log.Id >= 0 ? state.Partitions[log.Id].End : 0;
            log.PublishUpTo(damage.Count > 0 ? Math.Max(end, log.FindEnd(end)) : end);
        }

        LedgerRecovered ledger = new(files, state, scan?.EndLsn ?? 0, scan?.DurableLsn ?? 0);
        return new FolderOpening(
            catalog, new Ledger(disk, path + "/ledger", long.MaxValue, ledger), snapshots,
            new RecoveryReport { Damage = [.. damage.Select(fault => fault.Message)] });
    }

    private void Close()
    {
        foreach (LedgerFile file in files.Concat(unfinished))
        {
            file.Dispose();
        }

        foreach (PartitionLog log in catalog.Topics.SelectMany(topic => topic.Partitions))
        {
            log.Dispose();
        }
    }
}
