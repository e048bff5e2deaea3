using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Storage.Verification;

/// <summary>Reads the files that say which project the data comes from, and what has been posted again.</summary>
internal sealed class SealedVerification(IDisk disk, string path, bool keepsProject, FindingLog findings)
{
    private const string Suffix = ".json";

    /// <param name="deployment">The number of the last one that the ledger knows; 0 for none.</param>
    public void Run(long deployment)
    {
        bool isThere = false;
        foreach (string name in Names("projects"))
        {
            findings.Look($"{path}/projects/{name}", file => SealedFile.Read(disk, file.Path));
            isThere |= long.TryParse(name[..^Suffix.Length], NumberStyles.None, null, out long number)
                && number >= deployment;
        }

        if (!isThere && deployment > 0 && keepsProject)
        {
            findings.Error(
                path + "/projects/" + deployment.ToString(CultureInfo.InvariantCulture) + Suffix, -1,
                "the project that the data comes from is missing");
        }

        foreach (string name in Names("replays"))
        {
            findings.Look($"{path}/replays/{name}", file => RequireReplay(file.Path));
        }
    }

    private IEnumerable<string> Names(string folder) => disk.DirectoryExists(path + "/" + folder)
        ? disk.List(path + "/" + folder).Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)).Order()
        : [];

    // It is made anew of the records' headers.
    private void RequireReplay(string file)
    {
        try
        {
            SealedFile.Read(disk, file);
        }
        catch (DamageFault damage)
        {
            findings.Warn(damage.Path, -1, damage.What);
        }
    }
}
