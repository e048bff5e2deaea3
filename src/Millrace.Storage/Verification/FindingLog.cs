using Millrace.Storage.Disk;

namespace Millrace.Storage.Verification;

/// <summary>Collects the findings of one part until they are handed out, and counts.</summary>
internal sealed class FindingLog(IDisk disk, VerificationTotals totals)
{
    private readonly List<VerificationFinding> waiting = [];

    public VerificationTotals Totals => totals;

    public void Note(string path, long position, string message) =>
        Add(VerificationSeverity.Note, path, position, message);

    public void Warn(string path, long position, string message) =>
        Add(VerificationSeverity.Warning, path, position, message);

    public void Error(string path, long position, string message) =>
        Add(VerificationSeverity.Error, path, position, message);

    public void Add(VerificationFinding finding)
    {
        waiting.Add(finding);
        switch (finding.Severity)
        {
            case VerificationSeverity.Note:
                totals.Notes++;
                break;
            case VerificationSeverity.Warning:
                totals.Warnings++;
                break;
            default:
                totals.Errors++;
                break;
        }
    }

    /// <summary>
    /// Opens a file and lets the action look at it; what it cannot read is a finding, unless the file has been removed
    /// meanwhile by a process at work.
    /// </summary>
    public void Look(string path, Action<IDiskFile> action)
    {
        try
        {
            using IDiskFile file = disk.Open(path, DiskOpen.Read);
            totals.Files++;
            totals.Bytes += file.Length;
            action(file);
        }
        catch (DamageFault e)
        {
            Error(e.Path, e.Position, e.What);
        }
        catch (StorageFault e)
        {
            if (disk.FileExists(path))
            {
                Error(path, -1, e.Message);
            }
        }
    }

    /// <summary>Hands out what was collected.</summary>
    public IReadOnlyList<VerificationFinding> Take()
    {
        VerificationFinding[] taken = [.. waiting];
        waiting.Clear();
        return taken;
    }

    private void Add(VerificationSeverity severity, string path, long position, string message) =>
        Add(new VerificationFinding(severity, path, position, message));
}
