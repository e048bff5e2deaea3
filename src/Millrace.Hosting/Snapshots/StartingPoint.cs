using Millrace.Hosting.Running;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// From where a start can go on, as far as the data folder alone tells: a snapshot that fits the log, or the log's
/// beginning where that is still there.
/// </summary>
public static class StartingPoint
{
    // Beside a process that has the folder, snapshots come and go while they are looked at.
    private const int Looks = 3;

    /// <summary>
    /// Why a start would find none, as a sentence without its end; null when there is one. Reads a whole snapshot,
    /// changes nothing and takes no lock. What cannot be opened at all is for others to tell.
    /// </summary>
    /// <param name="disk">Where the folder is.</param>
    /// <param name="dataFolder">Its path.</param>
    public static string? WhyNone(IDisk disk, string dataFolder)
    {
        string? reason = null;
        for (int look = 0; look < Looks; look++)
        {
            try
            {
                using DataFolder? folder = DataFolder.TryOpenReadOnly(disk, dataFolder, skipDamaged: true);
                if (folder is null || IsThere(folder))
                {
                    return null;
                }
            }
            catch (RestartFault fault)
            {
                reason = fault.Message;
            }
            catch (StorageFault)
            {
                return null;
            }
        }

        return reason;
    }

    /// <summary>Why a start cannot go on from a snapshot whose blocks can be read; null when it can.</summary>
    internal static string? ReasonAgainst(DataFolder folder, SnapshotInfo info, out SnapshotMetadata? metadata)
    {
        metadata = info.Problem is null ? SnapshotMetadata.Read(info.Metadata.Span) : null;
        if (metadata is null)
        {
            return info.Problem ?? "its metadata cannot be read";
        }

        if (info.Position > folder.LastStepPosition)
        {
            return $"it describes position {info.Position}, the log ends at {folder.LastStepPosition}";
        }

        if (!metadata.IsLogThere(folder, info.Position))
        {
            return $"retention has let go records that came after its position, {info.Position}";
        }

        SnapshotMetadata read = metadata;
        return folder.Topics
            .Where(t => t.Kind == TopicKind.Derived)
            .SelectMany(t => t.Partitions)
            .Where(p => read.OffsetOf(p) > p.EndOffset)
            .Select(p => $"topic {p.Topic}, partition {p.Partition} ends at {p.EndOffset}, before {read.OffsetOf(p)}")
            .FirstOrDefault();
    }

    /// <summary>Without a snapshot: whether everything can be computed from the log.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="unusable">The snapshots that are there, and why not from them.</param>
    /// <exception cref="RestartFault">It cannot.</exception>
    internal static void RequireWholeLog(DataFolder folder, IReadOnlyList<string> unusable)
    {
        PartitionLog? cut = folder.Topics
            .Where(t => t.Kind == TopicKind.Source)
            .SelectMany(t => t.Partitions)
            .FirstOrDefault(p => p.StartOffset > 0);
        if (folder.FirstPosition > 0 || cut is not null)
        {
            throw new RestartFault(folder.FirstPosition, cut, unusable);
        }
    }

    /// <summary>A line on a snapshot that cannot be used.</summary>
    internal static string Refusal(SnapshotInfo info, string reason) =>
        $"snapshot {info.Number} cannot be used: {reason}";

    private static bool IsThere(DataFolder folder)
    {
        List<string> unusable = [];
        foreach (SnapshotInfo info in folder.Snapshots.List())
        {
            if (info.Problem is null && info.Deployment != folder.Deployment.Number)
            {
                continue;
            }

            if ((ReasonAgainst(folder, info, out _) ?? Unreadable(folder, info)) is not { } reason)
            {
                return true;
            }

            unusable.Add(Refusal(info, reason));
        }

        RequireWholeLog(folder, unusable);
        return true;
    }

    private static string? Unreadable(DataFolder folder, SnapshotInfo info)
    {
        try
        {
            folder.Snapshots.Open(info).Verify();
            return null;
        }
        catch (StorageFault fault)
        {
            return fault.Message;
        }
    }
}
