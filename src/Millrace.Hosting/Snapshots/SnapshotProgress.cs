using Millrace.Hosting.Status;
using Millrace.Storage.Snapshots;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// What is known of the snapshots of this process: the last one, failures, when to try again. Thread-safe.
/// </summary>
internal sealed class SnapshotProgress(TimeProvider clock)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private SnapshotStatus status = new();
    private int failuresInRow;
    private long failedAt;

    public SnapshotStatus Status
    {
        get
        {
            lock (gate)
            {
                return status;
            }
        }
    }

    /// <summary>Whether the last one failed so recently that there shall be no other yet: each failure doubles the
    /// wait.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (gate)
            {
                TimeSpan wait = FirstRetry * Math.Pow(2, Math.Min(failuresInRow - 1, 16));
                return failuresInRow > 0 && clock.GetElapsedTime(failedAt) < (wait < LastRetry ? wait : LastRetry);
            }
        }
    }

    public void Begun()
    {
        lock (gate)
        {
            status = status with { IsUnderWay = true };
        }
    }

    public void Succeeded(SnapshotInfo info, TimeSpan duration, TimeSpan longestPause)
    {
        lock (gate)
        {
            failuresInRow = 0;
            status = status with
            {
                IsUnderWay = false,
                Number = info.Number,
                Position = info.Position,
                IsFull = info.IsFull,
                Bytes = info.Bytes,
                TakenMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                DurationMs = duration.TotalMilliseconds,
                LongestPauseMs = longestPause.TotalMilliseconds,
                Taken = status.Taken + 1,
            };
        }
    }

    public void Failed(string reason)
    {
        lock (gate)
        {
            failuresInRow++;
            failedAt = clock.GetTimestamp();
            status = status with { IsUnderWay = false, Failures = status.Failures + 1, LastFailure = reason };
        }
    }

    public void Dropped()
    {
        lock (gate)
        {
            status = status with { IsUnderWay = false };
        }
    }
}
