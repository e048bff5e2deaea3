using System.Text.RegularExpressions;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Verification;

/// <summary>Looks for files and folders that are no part of a data folder, by their names.</summary>
internal sealed class StrangerSearch(IDisk disk, string path, FindingLog findings)
{
    private static readonly Regex Root = Names("LOCK|OWNER|topics|ledger|snapshots|projects|replays");
    private static readonly Regex Ledger = Names(@"[0-9]{20}\.log");
    private static readonly Regex Snapshots = Names(@"[0-9]{20}\.snapshot(\.new)?");
    private static readonly Regex Json = Names(@".*\.json(\.new)?");
    private static readonly Regex Topic = Names(@"[0-9]+|topic\.meta(\.new)?");
    private static readonly Regex Partition =
        Names(@"[0-9]{20}(\.log|\.index|-[0-9]{20}\.(cleaned|swap))|partition\.meta(\.new)?");

    public void Run()
    {
        In("", Root);
        In("/ledger", Ledger);
        In("/snapshots", Snapshots);
        In("/projects", Json);
        In("/replays", Json);
        foreach (string topic in List("/topics"))
        {
            string folder = "/topics/" + topic;
            if (!disk.DirectoryExists(path + folder))
            {
                Note(folder);
                continue;
            }

            In(folder, Topic);
            foreach (string partition in List(folder).Where(name => char.IsAsciiDigit(name[0])))
            {
                In(folder + "/" + partition, Partition);
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

    private static Regex Names(string pattern) => new($"^({pattern})$", RegexOptions.NonBacktracking);

    private void Note(string name) => findings.Note(path + name, -1, "not a part of the data folder");
}
