namespace Millrace.Hosting.Workers;

/// <summary>
/// Runs activities on a thread of their own: in turn while any has work, then it waits until one is woken or time has
/// passed. What an activity throws ends the thread.
/// </summary>
internal sealed class ActivityThread : IDisposable
{
    private readonly IReadOnlyList<IActivity> activities;
    private readonly Action<Exception> failed;
    private readonly Thread thread;
    private readonly object gate = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ITimer> timers = [];
    private bool isWoken;
    private volatile bool isFinishing;
    private volatile bool isAborted;

    /// <param name="activities">What it runs.</param>
    /// <param name="clock">Whose time passes.</param>
    /// <param name="failed">Told what was thrown, on the thread, before the activities are ended.</param>
    /// <param name="priority">Of the thread.</param>
    public ActivityThread(
        IReadOnlyList<IActivity> activities, TimeProvider clock, Action<Exception> failed,
        ThreadPriority priority = ThreadPriority.Normal)
    {
        this.activities = activities;
        this.failed = failed;
        thread = new Thread(Run) { Name = "millrace " + activities[0].Name, IsBackground = true, Priority = priority };
        foreach (IActivity activity in activities)
        {
            activity.Woken = Wake;
            timers.Add(clock.CreateTimer(_ => Wake(), null, activity.AskedEvery, activity.AskedEvery));
        }
    }

    public void Start() => thread.Start();

    public void Wake()
    {
        lock (gate)
        {
            isWoken = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>
    /// Lets the activities do what there is to do, which ends the thread; false when something else came before.
    /// </summary>
    public bool Finish(Task orUntil)
    {
        isFinishing = true;
        Wake();
        return Task.WaitAny(ended.Task, orUntil) == 0;
    }

    /// <summary>Ends the thread after the piece of work that it is doing.</summary>
    public void Abort()
    {
        isAborted = true;
        Wake();
    }

    /// <summary>Waits until the thread has ended, so long at most.</summary>
    public bool Join(TimeSpan atMost) => ended.Task.Wait(atMost);

    public void Dispose()
    {
        foreach (ITimer timer in timers)
        {
            timer.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            RunAll();
        }
        catch (Exception e)
        {
            failed(e);
        }

        foreach (IActivity activity in activities)
        {
            activity.End();
        }

        ended.SetResult();
    }

    private void RunAll()
    {
        while (!isAborted)
        {
            // Read before the work is looked for: what came before the order to finish is found then.
            bool isLast = isFinishing;
            bool hasRun = false;
            foreach (IActivity activity in activities)
            {
                hasRun |= !isAborted && activity.TryRunOnce();
            }

            if (!hasRun)
            {
                if (isLast)
                {
                    return;
                }

                Wait();
            }
        }
    }

    private void Wait()
    {
        lock (gate)
        {
            while (!isWoken)
            {
                Monitor.Wait(gate);
            }

            isWoken = false;
        }
    }
}
