using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>
/// Makes durable, now and then, what commits do not: above all the models' topics. What a loss of power takes of them
/// is computed again; this bounds how much that is. In between it keeps the disk writing, so that a flush is short.
/// </summary>
internal sealed class FlushActivity(DataFolder folder, RuntimeOptions options) : IActivity
{
    private static readonly TimeSpan WriteBehindInterval = TimeSpan.FromMilliseconds(100);

    private long flushedAt = options.Clock.GetTimestamp();
    private long begunAt = options.Clock.GetTimestamp();

    public string Name => "flush";

    public TimeSpan AskedEvery => WriteBehindInterval;

    public Action Woken { get; set; } = static () => { };

    public bool TryRunOnce()
    {
        if (options.Clock.GetElapsedTime(begunAt) < WriteBehindInterval)
        {
            return false;
        }

        begunAt = options.Clock.GetTimestamp();
        folder.WriteBehind();
        return options.Clock.GetElapsedTime(flushedAt) >= options.FlushInterval && Flush();
    }

    public void End()
    {
    }

    private bool Flush()
    {
        flushedAt = options.Clock.GetTimestamp();
        try
        {
            folder.Flush();
        }
        catch (DiskFullFault)
        {
            // Later, then: what is not durable yet is computed again after a loss of power.
        }

        return true;
    }
}
