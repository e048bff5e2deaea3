using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// The disk's half of taking snapshots: writes the blocks that come, makes the log durable up to the snapshot's
/// position and then the snapshot valid, and removes old ones. That it does not succeed ends nothing: the engine goes
/// on, and another one is tried later.
/// </summary>
internal sealed class SnapshotActivity(
    DataFolder folder, SnapshotTaker taker, SnapshotProgress progress, RuntimeOptions options) : IActivity
{
    /// <summary>Snapshots that are kept, with all that they build upon.</summary>
    public const int Kept = 3;

    private readonly TimeProvider clock = options.Clock;
    private SnapshotWriter? writer;

    public string Name => "keeper";

    public TimeSpan AskedEvery => Timeout.InfiniteTimeSpan;

    public Action Woken { get; set; } = static () => { };

    /// <summary>Called when the taker can go on.</summary>
    public Action Progressed { get; set; } = static () => { };

    public bool TryRunOnce()
    {
        if (taker.Job is not { IsEnded: false } job)
        {
            return false;
        }

        try
        {
            return job.IsGivenUp ? Drop(job) : TryWrite(job);
        }
        catch (StorageFault e) when (folder.Poison is null)
        {
            progress.Failed(e.Message);
            Abandon();
            End(job, null);
            return true;
        }
    }

    public void End() => Abandon();

    private bool TryWrite(SnapshotJob job)
    {
        writer ??= folder.Snapshots.Begin(job.Describe());

        // Read before the queue is: a last block is then not overlooked.
        bool isSerialised = job.IsSerialised;
        bool hadRoom = job.Blocks.HasRoom;
        if (job.Blocks.TryTake(block => writer.Write(block.Span)))
        {
            if (!hadRoom && job.Blocks.HasRoom)
            {
                Progressed();
            }

            return true;
        }

        if (!isSerialised)
        {
            return false;
        }

        Complete(job);
        return true;
    }

    private void Complete(SnapshotJob job)
    {
        folder.Flush();
        SnapshotInfo completed = writer!.Complete();
        writer = null;
        progress.Succeeded(completed, clock.GetElapsedTime(job.BegunAt), job.LongestPause);
        End(job, completed);
        try
        {
            folder.Snapshots.Retain(Kept);
        }
        catch (StorageFault e)
        {
            progress.Failed(e.Message);
        }
    }

    private bool Drop(SnapshotJob job)
    {
        Abandon();
        progress.Dropped();
        End(job, null);
        return true;
    }

    private void End(SnapshotJob job, SnapshotInfo? completed)
    {
        job.End(completed);
        Progressed();
    }

    private void Abandon()
    {
        try
        {
            writer?.Abandon();
        }
        catch (StorageFault e)
        {
            progress.Failed(e.Message);
        }

        writer = null;
    }
}
