using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Snapshots;

namespace Millrace.Storage.Verification;

/// <summary>Reads every snapshot whole, and checks that what each builds upon is there.</summary>
internal sealed class SnapshotVerification(IDisk disk, string directory, FindingLog findings)
{
    private IReadOnlyList<SnapshotInfo> found = [];

    /// <summary>
    /// Reads them. To be called before the ledger is read: a snapshot is never ahead of what the ledger holds.
    /// </summary>
    public void Run()
    {
        SnapshotStore store = SnapshotStore.Open(disk, directory, readOnly: true);
        foreach (SnapshotInfo info in store.List())
        {
            findings.Look(PathOf(info), file => Read(store, info));
        }

        found = store.List();
        foreach (string name in disk.List(directory).Order(StringComparer.Ordinal))
        {
            if (SnapshotName.TryParse(name, SnapshotName.UnfinishedSuffix, out _))
            {
                findings.Note(directory + "/" + name, -1, "an unfinished snapshot, being written or left over");
            }
        }
    }

    /// <summary>Compares the positions with the ledger, and reports chains that are broken.</summary>
    public void Compare(LedgerState ledger)
    {
        foreach (SnapshotInfo info in found.Where(info => info.Problem is null))
        {
            if (info.Position > ledger.NextPosition)
            {
                findings.Error(PathOf(info), 0, "the snapshot is of a position after the end of the ledger");
            }
            else if (info.Position < ledger.FirstPosition && info.Deployment >= ledger.DeploymentNumber)
            {
                // No start uses one of an earlier deployment, and retention does not wait for it.
                string begins = ledger.FirstPosition.ToString(CultureInfo.InvariantCulture);
                findings.Warn(PathOf(info), 0, "the snapshot is of no use: the ledger begins at position " + begins);
            }
        }
    }

    private void Read(SnapshotStore store, SnapshotInfo info)
    {
        findings.Totals.Snapshots++;
        store.Open(info with { Chain = [] }).Verify();
        if (store.List().FirstOrDefault(other => other.Number == info.Number)?.Problem is { } problem)
        {
            findings.Error(PathOf(info), -1, "the snapshot cannot be used: it " + problem);
        }
    }

    private string PathOf(SnapshotInfo info) => directory + "/" + SnapshotName.Of(info.Number);
}
