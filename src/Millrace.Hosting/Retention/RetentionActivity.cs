using Millrace.Hosting.Snapshots;
using Millrace.Hosting.Status;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Retention;

/// <summary>
/// Lets go, now and then, what the topics' settings no longer keep and no snapshot needs: segments, then the ledger's
/// files that describe nothing else, then, slice by slice, what compaction takes. That it does not succeed ends
/// nothing; it is tried again.
/// </summary>
internal sealed class RetentionActivity(DataFolder folder, RuntimeOptions options) : IActivity
{
    private readonly TimeProvider clock = options.Clock;
    private volatile RetentionStatus status = new();
    private long lastAt = options.Clock.GetTimestamp();
    private Func<PartitionLog, long>? compactFrom;

    public string Name => "cleaner";

    public TimeSpan AskedEvery => options.RetentionInterval / 8;

    public Action Woken { get; set; } = static () => { };

    /// <summary>Whether somebody reads the log from its beginning, so that all of it stays.</summary>
    public Func<bool> IsLogNeeded { get; set; } = static () => false;

    /// <summary>Any thread.</summary>
    public RetentionStatus Status => status with { FirstPosition = folder.FirstPosition };

    public bool TryRunOnce()
    {
        bool isDue = clock.GetElapsedTime(lastAt) >= options.RetentionInterval;
        if ((!isDue && compactFrom is null) || IsLogNeeded())
        {
            return false;
        }

        try
        {
            if (compactFrom is { } needed)
            {
                Compact(needed);
            }
            else
            {
                lastAt = clock.GetTimestamp();
                Run();
            }
        }
        catch (StorageFault e) when (folder.Poison is null)
        {
            compactFrom = null;
            status = status with { Failures = status.Failures + 1, LastFailure = e.Message };
        }

        return true;
    }

    public void End()
    {
    }

    private void Compact(Func<PartitionLog, long> needed)
    {
        long before = folder.CompactedBytes;
        compactFrom = folder.Compact(NowMs(), needed) ? needed : null;
        if (folder.CompactedBytes > before)
        {
            status = status with { RemovedBytes = status.RemovedBytes + folder.CompactedBytes - before };
        }
    }

    private void Run()
    {
        List<SnapshotInfo> needed = [.. folder.Snapshots.List().Where(IsNeeded)];
        if (needed.Count == 0)
        {
            return;
        }

        List<SnapshotMetadata?> metadata = [.. needed.Select(s => SnapshotMetadata.Read(s.Metadata.Span))];
        long nowMs = NowMs();
        IReadOnlyList<SegmentsRemoved> removed = folder.ApplyRetention(nowMs, NeededFrom);
        long first = Math.Min(FirstKept(), needed.Min(s => s.Position));
        if (first > folder.FirstPosition)
        {
            folder.DropLedgerBefore(first);
        }

        status = status with
        {
            RemovedBytes = status.RemovedBytes + removed.Sum(r => r.Bytes),
            LastMs = nowMs,
        };
        compactFrom = NeededFrom;

        // A snapshot that comes later needs less, so this stays right while compaction goes on.
        long NeededFrom(PartitionLog partition) => metadata.Min(m => m?.OffsetOf(partition) ?? 0);
    }

    private long NowMs() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsNeeded(SnapshotInfo snapshot) =>
        snapshot.Problem is null && snapshot.Deployment == folder.Deployment.Number;

    // The position of the first record that is still there: what came before was let go by every partition.
    private long FirstKept()
    {
        Dictionary<int, long> starts = folder.Topics
            .Where(t => t.Kind == TopicKind.Source)
            .SelectMany(t => t.Partitions)
            .ToDictionary(p => p.Id, p => p.StartOffset);
        LedgerCursor inputs = folder.OpenLedger(folder.FirstPosition);
        while (inputs.MoveNext())
        {
            if (inputs.Kind != LedgerInputKind.Tick && starts.TryGetValue(inputs.PartitionId, out long start)
                && inputs.FirstOffset + inputs.Count > start)
            {
                return inputs.Position;
            }
        }

        return folder.CommittedPosition;
    }
}
