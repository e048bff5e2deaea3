using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Verification;

/// <summary>
/// Reads a whole data folder and reports what is not as it was written: every record batch, index, ledger entry,
/// snapshot and project, how they fit together, and files that belong to nothing. Changes nothing, takes no lock, and
/// may run beside the process that has the folder: then tails may be unfinished. Not thread-safe.
/// </summary>
/// <param name="disk">Where the folder is.</param>
/// <param name="path">Its path.</param>
/// <param name="keepsProject">Whether who writes it keeps the files of the project there, as a server does.</param>
/// <param name="whyNoStart">Says why a start would find nothing to go on from, or null; null for nobody who can
/// tell.</param>
public sealed class FolderVerification(
    IDisk disk, string path, bool keepsProject = true, Func<string?>? whyNoStart = null)
{
    /// <summary>What has been looked at; grows while the findings are enumerated.</summary>
    public VerificationTotals Totals { get; } = new();

    /// <summary>The findings, as they are found; enumerate once.</summary>
    /// <exception cref="StorageFault">There is no data folder, or a folder cannot be listed.</exception>
    public IEnumerable<VerificationFinding> Run()
    {
        FindingLog findings = new(disk, Totals);
        if (!disk.DirectoryExists(path + "/ledger") && !disk.DirectoryExists(path + "/topics"))
        {
            throw new DiskFault(
                path, DiskFault.OpenFolder, 0, DataFolder.NoFolder);
        }

        // In this order: a process at work only ever makes the later ones hold more than the earlier ones need.
        SnapshotVerification snapshots = new(disk, path + "/snapshots", findings);
        snapshots.Run();
        LedgerState? ledger = new LedgerVerification(disk, path + "/ledger", findings).Run();
        snapshots.Compare(ledger ?? new LedgerState());
        foreach (VerificationFinding finding in findings.Take())
        {
            yield return finding;
        }

        foreach (VerificationFinding finding in RunTopics(ledger, findings))
        {
            yield return finding;
        }

        new SealedVerification(disk, path, keepsProject, findings).Run(ledger?.DeploymentNumber ?? 0);
        new StrangerSearch(disk, path, findings).Run();
        if (whyNoStart?.Invoke() is { } reason)
        {
            findings.Error(path, -1, reason);
        }

        foreach (VerificationFinding finding in findings.Take())
        {
            yield return finding;
        }
    }

    private IEnumerable<VerificationFinding> RunTopics(LedgerState? ledger, FindingLog findings)
    {
        string topics = path + "/topics";
        if (ledger is null)
        {
            if (disk.List(topics).Count > 0)
            {
                findings.Error(path + "/ledger", -1, "no file of the ledger can be read");
            }

            ledger = new LedgerState();
        }

        ILookup<string, LedgerPartition> known =
            ledger.Partitions.Where(partition => !partition.IsRemoved).ToLookup(partition => partition.Topic);
        HashSet<string> names = [.. disk.List(topics), .. known.Select(group => group.Key)];
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            foreach (int partition in PartitionsOf(topics + "/" + name, known[name], findings))
            {
                LedgerPartition expected = known[name].FirstOrDefault(p => p.Partition == partition)
                    ?? new LedgerPartition(name, partition, TopicKind.Derived);
                string directory = topics + "/" + name + "/" + partition.ToString(CultureInfo.InvariantCulture);
                new PartitionVerification(disk, directory, expected, findings).Run();
                foreach (VerificationFinding finding in findings.Take())
                {
                    yield return finding;
                }
            }
        }

        foreach (VerificationFinding finding in findings.Take())
        {
            yield return finding;
        }
    }

    private IEnumerable<int> PartitionsOf(string directory, IEnumerable<LedgerPartition> known, FindingLog findings)
    {
        TopicMeta? meta = null;
        if (!disk.FileExists(directory + "/topic.meta"))
        {
            Missing(directory, known.Any(), findings);
        }
        else
        {
            findings.Look(directory + "/topic.meta", _ => meta = TopicMeta.Read(disk, directory));
        }

        return Enumerable.Range(0, Math.Max(meta?.Partitions ?? 0, known.Count()));
    }

    private void Missing(string directory, bool isKnown, FindingLog findings)
    {
        if (isKnown)
        {
            findings.Error(directory + "/topic.meta", -1, "the file that describes the topic is missing");
        }
        else if (disk.DirectoryExists(directory))
        {
            findings.Note(directory, -1, "a topic that is being created or removed, or left over");
        }
    }
}
