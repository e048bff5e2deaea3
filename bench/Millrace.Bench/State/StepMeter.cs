using System.Diagnostics;
using Millrace.Hosting.Running;

namespace Millrace.Bench.State;

/// <summary>
/// How long the engine's thread is busy before it looks around again: a step, with what it had to save first, and what
/// is done between two. That is what a reader or an event may have to wait. On the engine's thread but where said.
/// </summary>
internal sealed class StepMeter : IInterlude
{
    private readonly List<double> all = [];
    private long last = Stopwatch.GetTimestamp();

    public bool TryAdvance(ProjectRun run, bool isIdle)
    {
        long now = Stopwatch.GetTimestamp();
        if (!isIdle)
        {
            all.Add(Stopwatch.GetElapsedTime(last, now).TotalMilliseconds);
        }

        last = now;
        return false;
    }

    public void End()
    {
    }

    /// <summary>The times in ms since the last call, in order.</summary>
    public double[] Take()
    {
        double[] taken = [.. all.Order()];
        all.Clear();
        return taken;
    }
}
