using Millrace.Hosting.Pressure;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Deployments;

/// <summary>
/// Takes a rebuild forward until it is close behind the running project; then it is <see cref="IsNear"/>, and the
/// engine's thread takes the last steps. Who is near belongs to the engine, who is not to this. Without room on the
/// disk it waits, as the running project does.
/// </summary>
internal sealed class RebuildActivity(DataFolder folder, PressureGauge pressure) : IActivity
{
    private const int StepRecords = 1 << 12;
    private const int Near = 2 * StepRecords;

    /// <summary>So many records the engine's thread does at once.</summary>
    public const int AtOnce = 4 * StepRecords;

    private volatile Rebuild? rebuild;
    private volatile bool isNear;

    public string Name => "rebuild";

    public TimeSpan AskedEvery => TimeSpan.FromSeconds(1);

    public Action Woken { get; set; } = static () => { };

    /// <summary>Called when it is near.</summary>
    public Action Reached { get; set; } = static () => { };

    /// <summary>Whether the rest is the engine's to do. Any thread.</summary>
    public bool IsNear => isNear;

    /// <summary>The engine's thread, or before any: begins with another rebuild.</summary>
    public void Begin(Rebuild next)
    {
        rebuild = next;
        isNear = false;
        Woken();
    }

    /// <summary>The engine's thread, when it is near: there is nothing to rebuild any more.</summary>
    public void Finish() => rebuild = null;

    /// <summary>The engine's thread, when it is near and not near enough.</summary>
    public void GoOn()
    {
        isNear = false;
        Woken();
    }

    public bool TryRunOnce()
    {
        if (rebuild is not { } current || isNear || pressure.IsDiskExhausted)
        {
            return false;
        }

        long until = folder.LastStepPosition;
        try
        {
            if (until - current.Position > Near && current.TryStep(StepRecords, until))
            {
                return true;
            }
        }
        catch (DiskFullFault)
        {
            pressure.NoteExhausted();
            return false;
        }

        isNear = true;
        Reached();
        return true;
    }

    /// <summary>What it has is of no use to the next process.</summary>
    public void End() => rebuild = null;
}
