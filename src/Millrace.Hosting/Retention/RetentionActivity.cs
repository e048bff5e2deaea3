using Millrace.Hosting.Pressure;
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
/// <para>
/// Older snapshots go when newer ones come, and with them what they hold back. Where nothing comes any more that would
/// never be: of a log that stands still other snapshots are taken at the same place, as safe and holding nothing back;
/// and when the disk is full, so that nothing can come, the newest one has to do.
/// </para>
/// </summary>
internal sealed class RetentionActivity(DataFolder folder, PressureGauge pressure, RuntimeOptions options) : IActivity
{
    private readonly TimeProvider clock = options.Clock;
    private volatile RetentionStatus status = new();
    private long lastAt = options.Clock.GetTimestamp();
    private Func<PartitionLog, long>? compactFrom;
    private long refusals;

    public string Name => "cleaner";

    public TimeSpan AskedEvery => options.RetentionInterval / 8;

    public Action Woken { get; set; } = static () => { };

    /// <summary>Whether somebody reads the log from its beginning, so that all of it stays.</summary>
    public Func<bool> IsLogNeeded { get; set; } = static () => false;

    /// <summary>Whether a snapshot is this process's own or that which it began with, so that a start can use
    /// it.</summary>
    public Func<SnapshotInfo, bool> IsProven { get; set; } = static _ => false;

    /// <summary>Whether a snapshot is being taken.</summary>
    public Func<bool> IsSnapshotUnderWay { get; set; } = static () => false;

    /// <summary>Wants a snapshot that builds upon no other, even where there is one of the same position.</summary>
    public Action AnotherWanted { get; set; } = static () => { };

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
        List<Need> needs = Needs();
        if (needs.Count == 0)
        {
            return;
        }

        long nowMs = NowMs();
        if (IsRoomShort() && IsProven(needs[0].Snapshot) && HoldBackExpired(needs, nowMs))
        {
            LeaveNewest(needs);
        }

        IReadOnlyList<SegmentsRemoved> removed = folder.ApplyRetention(nowMs, NeededFrom);
        status = status with
        {
            RemovedBytes = status.RemovedBytes + removed.Sum(r => r.Bytes),
            LastMs = nowMs,
        };
        long first = Math.Min(FirstKept(), needs.Min(n => n.Snapshot.Position));
        if (first > folder.FirstPosition)
        {
            folder.DropLedgerBefore(first);
        }

        if (!IsSnapshotUnderWay() && needs[0].Snapshot.Position == folder.CommittedPosition
            && (HoldBackExpired(needs, nowMs) || HoldBackSuperseded(needs, nowMs)))
        {
            AnotherWanted();
        }

        compactFrom = NeededFrom;

        // A snapshot that comes later needs less, so this stays right while compaction goes on.
        long NeededFrom(PartitionLog partition) => From(needs, partition);
    }

    // Now, or for a write since the last look.
    private bool IsRoomShort()
    {
        long before = refusals;
        refusals = pressure.Refusals;
        return pressure.IsDiskFull || refusals > before;
    }

    // The newest first. One whose log has gone already needs nothing any more.
    private List<Need> Needs() =>
    [
        .. from snapshot in folder.Snapshots.List()
           where snapshot.Problem is null && snapshot.Deployment == folder.Deployment.Number
           let metadata = SnapshotMetadata.Read(snapshot.Metadata.Span)
           where metadata?.IsLogThere(folder, snapshot.Position) != false
           select new Need(snapshot, metadata),
    ];

    private static long From(List<Need> needs, PartitionLog partition) => needs.Min(n => n.From(partition));

    private bool HoldBackExpired(List<Need> needs, long nowMs) =>
        folder.CountExpired(nowMs, needs[0].From) > folder.CountExpired(nowMs, p => From(needs, p));

    private bool HoldBackSuperseded(List<Need> needs, long nowMs) =>
        folder.CanCompact(nowMs, needs[0].From) && !folder.CanCompact(nowMs, p => From(needs, p));

    // Damage to the newest one would leave nothing to start from, so it is read first. Older ones that it builds upon
    // stay, and count no more.
    private void LeaveNewest(List<Need> needs)
    {
        folder.Snapshots.Open(needs[0].Snapshot).Verify();
        folder.Snapshots.RemoveBefore(needs[0].Snapshot);
        needs.RemoveRange(1, needs.Count - 1);
    }

    private long NowMs() => clock.GetUtcNow().ToUnixTimeMilliseconds();

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

    private sealed record Need(SnapshotInfo Snapshot, SnapshotMetadata? Metadata)
    {
        public long From(PartitionLog partition) => Metadata?.OffsetOf(partition) ?? 0;
    }
}
