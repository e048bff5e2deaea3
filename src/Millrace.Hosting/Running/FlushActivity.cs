using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>
/// Makes durable, now and then, what commits do not: above all the models' topics. What a loss of power takes of them
/// is computed again; this bounds how much that is.
/// </summary>
internal sealed class FlushActivity(DataFolder folder, RuntimeOptions options) : IActivity
{
    private long flushedAt = options.Clock.GetTimestamp();

    public string Name => "flush";

    public TimeSpan AskedEvery => options.FlushInterval / 8;

    public Action Woken { get; set; } = static () => { };

    public bool TryRunOnce()
    {
        if (options.Clock.GetElapsedTime(flushedAt) < options.FlushInterval)
        {
            return false;
        }

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

    public void End()
    {
    }
}
