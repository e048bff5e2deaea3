using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Ledgers;

/// <summary>One file of the ledger, <c>&lt;20-digit LSN of its first byte&gt;.log</c>.</summary>
internal sealed record LedgerFile(long BaseLsn, IDiskFile File) : IDisposable
{
    private const string Suffix = ".log";

    public static string FileName(long lsn) => lsn.ToString("D20", CultureInfo.InvariantCulture) + Suffix;

    /// <summary>LSNs at which the files of a ledger begin, ascending.</summary>
    public static List<long> List(IDisk disk, string directory)
    {
        List<long> found = [];
        foreach (string name in disk.List(directory).Order(StringComparer.Ordinal))
        {
            if (name.Length == 20 + Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out long lsn))
            {
                found.Add(lsn);
            }
        }

        return found;
    }

    /// <summary>Opens all files of a ledger, ascending.</summary>
    public static List<LedgerFile> OpenAll(IDisk disk, string directory, bool readOnly) =>
        [.. List(disk, directory).Select(lsn => new LedgerFile(
            lsn, disk.Open(directory + "/" + FileName(lsn), readOnly ? DiskOpen.Read : DiskOpen.Write)))];

    /// <summary>Closes and deletes the file, durably.</summary>
    public void Delete(IDisk disk, string directory)
    {
        Dispose();
        disk.Delete(File.Path);
        disk.SyncDirectory(directory);
    }

    public void Dispose() => File.Dispose();
}
