namespace Millrace.Quality.Tests;

/// <summary>A clock that goes on when it is told to; timers fire on the thread that tells it. Thread-safe.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<SteppedTimer> timers = [];
    private readonly SemaphoreSlim armed = new(0);
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public long NowMs => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SteppedTimer timer = new(this, () => callback(state), dueTime, period);
        return timer;
    }

    /// <summary>Completes when another timer was set: somebody waits for time to pass.</summary>
    public async Task SomebodyWaits()
    {
        if (!await armed.WaitAsync(TimeSpan.FromSeconds(120)))
        {
            throw new TimeoutException("nobody set a timer");
        }
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset end = GetUtcNow() + by;
        while (true)
        {
            SteppedTimer? due;
            lock (gate)
            {
                due = timers.Where(t => t.DueAt <= end).MinBy(t => t.DueAt);
                now = due?.DueAt ?? end;
                if (due is null)
                {
                    return;
                }

                due.Rearm();
            }

            due.Fire();
        }
    }

    private sealed class SteppedTimer : ITimer
    {
        private readonly SteppedTime time;
        private TimeSpan period;

        public SteppedTimer(SteppedTime time, Action fire, TimeSpan dueTime, TimeSpan period)
        {
            this.time = time;
            Fire = fire;
            Change(dueTime, period);
        }

        public Action Fire { get; }

        public DateTimeOffset DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (time.gate)
            {
                period = newPeriod;
                time.timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = time.now + dueTime;
                    time.timers.Add(this);
                    time.armed.Release();
                }
            }

            return true;
        }

        public void Rearm()
        {
            if (period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero)
            {
                time.timers.Remove(this);
            }
            else
            {
                DueAt += period;
            }
        }

        public void Dispose() => Stop();

        private void Stop() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Stop();
            return ValueTask.CompletedTask;
        }
    }
}
