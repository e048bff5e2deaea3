using System.Text.RegularExpressions;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Verification;

/// <summary>Looks for files and folders that are no part of a data folder, by their names.</summary>
internal sealed partial class StrangerSearch(IDisk disk, string path, FindingLog findings)
{
    public void Run()
    {
        In("", Root());
        In("/ledger", LedgerNames());
        In("/snapshots", SnapshotNames());
        In("/projects", JsonNames());
        In("/replays", JsonNames());
        foreach (string topic in List("/topics"))
        {
            string folder = "/topics/" + topic;
            if (!disk.DirectoryExists(path + folder))
            {
                Note(folder);
                continue;
            }

            In(folder, TopicNames());
            foreach (string partition in List(folder).Where(name => char.IsAsciiDigit(name[0])))
            {
                In(folder + "/" + partition, PartitionNames());
            }
        }
    }

    private void In(string folder, Regex known)
    {
        foreach (string name in List(folder).Where(name => !known.IsMatch(name)))
        {
            Note(folder + "/" + name);
        }
    }

    private IEnumerable<string> List(string folder) =>
        disk.DirectoryExists(path + folder) ? disk.List(path + folder).Order(StringComparer.Ordinal) : [];

    private void Note(string name) => findings.Note(path + name, -1, "not a part of the data folder");

    [GeneratedRegex("^(LOCK|OWNER|topics|ledger|snapshots|projects|replays)$")]
    private static partial Regex Root();

    [GeneratedRegex(@"^[0-9]{20}\.log$")]
    private static partial Regex LedgerNames();

    [GeneratedRegex(@"^[0-9]{20}\.snapshot(\.new)?$")]
    private static partial Regex SnapshotNames();

    [GeneratedRegex(@"\.json(\.new)?$")]
    private static partial Regex JsonNames();

    [GeneratedRegex(@"^([0-9]+|topic\.meta(\.new)?)$")]
    private static partial Regex TopicNames();

    [GeneratedRegex(@"^([0-9]{20}(\.log|\.index|-[0-9]{20}\.(cleaned|swap))|partition\.meta(\.new)?)$")]
    private static partial Regex PartitionNames();
}
