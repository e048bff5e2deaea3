namespace Millrace.Hosting.Tests.Support;

/// <summary>A clock that stands still until it is moved; its timers fire on the thread that moves it.</summary>
internal sealed class SteppedClock(long startMs) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<SteppedTimer> timers = [];
    private long nowMs = startMs;

    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref nowMs));

    public override long GetTimestamp() => Volatile.Read(ref nowMs);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SteppedTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (gate)
        {
            timers.Add(timer);
        }

        return timer;
    }

    public void Advance(TimeSpan by)
    {
        Volatile.Write(ref nowMs, nowMs + (long)by.TotalMilliseconds);
        SteppedTimer[] all;
        lock (gate)
        {
            all = [.. timers];
        }

        foreach (SteppedTimer timer in all)
        {
            timer.FireIfDue(nowMs);
        }
    }

    private sealed class SteppedTimer(SteppedClock clock, Action fire) : ITimer
    {
        private long dueMs = long.MaxValue;
        private TimeSpan period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            dueMs = dueTime < TimeSpan.Zero ? long.MaxValue : clock.nowMs + (long)dueTime.TotalMilliseconds;
            return true;
        }

        public void FireIfDue(long nowMs)
        {
            if (nowMs >= dueMs)
            {
                dueMs = period > TimeSpan.Zero ? nowMs + (long)period.TotalMilliseconds : long.MaxValue;
                fire();
            }
        }

        public void Dispose() => Remove();

        public ValueTask DisposeAsync()
        {
            Remove();
            return ValueTask.CompletedTask;
        }

        private void Remove()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }
    }
}
