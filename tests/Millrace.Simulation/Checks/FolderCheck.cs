using Millrace.Hosting.Snapshots;
using Millrace.Simulation.Running;
using Millrace.Storage.Disk;
using Millrace.Storage.Verification;

namespace Millrace.Simulation.Checks;

/// <summary>What <c>millrace verify</c> says of a folder.</summary>
internal static class FolderCheck
{
    /// <summary>A process that was killed leaves unfinished things, but nothing that is wrong.</summary>
    public static void HasNoError(IDisk disk)
    {
        if (WorstOf(disk) is { Severity: VerificationSeverity.Error } finding)
        {
            throw new SimulationFailure($"verification: {finding}");
        }
    }

    /// <summary>
    /// A process that was stopped leaves nothing unfinished. An index after a loss of power may be of no use: it is a
    /// hint, which the log does without.
    /// </summary>
    public static void HasNoWarning(IDisk disk)
    {
        if (WorstOf(disk, f => !f.Path.EndsWith(".index", StringComparison.Ordinal)) is
            { } finding)
        {
            throw new SimulationFailure($"verification, after a stop: {finding}");
        }
    }

    /// <summary>Whether there is anything to tell.</summary>
    public static bool HasSome(IDisk disk) => WorstOf(disk) is not null;

    private static VerificationFinding? WorstOf(IDisk disk, Func<VerificationFinding, bool>? counts = null)
    {
        if (!disk.DirectoryExists(World.Folder + "/ledger") || disk.List(World.Folder + "/ledger").Count == 0)
        {
            return null;
        }

        // A scenario whose project never changes keeps no files of it.
        FolderVerification verification = new(
            disk, World.Folder, disk.DirectoryExists(World.Folder + "/projects"),
            () => StartingPoint.WhyNone(disk, World.Folder));
        return verification.Run().Where(counts ?? (_ => true)).MaxBy(f => f.Severity);
    }
}
