using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>
/// Makes durable, now and then, what commits do not: above all the models' topics. What a loss of power takes of them
/// is computed again; this bounds how much that is. One partition at a time, so that commits wait for one sync at most;
/// in between it keeps the disk writing, so that a sync is short.
/// </summary>
internal sealed class FlushActivity(DataFolder folder, RuntimeOptions options) : IActivity
{
    private static readonly TimeSpan WriteBehindInterval = TimeSpan.FromMilliseconds(100);

    private long flushedAt = options.Clock.GetTimestamp();
    private long begunAt = options.Clock.GetTimestamp();

    public string Name => "flush";

    public TimeSpan AskedEvery => WriteBehindInterval;

    public Action Woken { get; set; } = static () => { };

    /// <summary>True while a flush has begun and is not through.</summary>
    public bool IsFlushing { get; private set; }

    public bool TryRunOnce()
    {
        if (options.Clock.GetElapsedTime(begunAt) < WriteBehindInterval)
        {
            return false;
        }

        begunAt = options.Clock.GetTimestamp();
        folder.WriteBehind();
        return options.Clock.GetElapsedTime(flushedAt) >= options.FlushInterval && FlushNext();
    }

    public void End()
    {
    }

    private bool FlushNext()
    {
        try
        {
            IsFlushing = !folder.FlushNext();
            flushedAt = IsFlushing ? flushedAt : begunAt;
        }
        catch (DiskFullFault)
        {
            // Later, then: what is not durable yet is computed again after a loss of power.
        }

        return true;
    }
}
