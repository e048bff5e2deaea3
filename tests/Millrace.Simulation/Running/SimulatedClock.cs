namespace Millrace.Simulation.Running;

/// <summary>
/// A clock that is moved by the simulation: the time of day may jump both ways, the time that has passed only grows,
/// with each look at it by a random little. Its timers never fire: the simulation runs what would be due.
/// </summary>
internal sealed class SimulatedClock(long startMs, Random random) : TimeProvider
{
    private long passedUs;
    private long skewMs;

    public override long TimestampFrequency => 1_000_000;

    /// <summary>The time of day, ms since the epoch.</summary>
    public long NowMs => startMs + skewMs + (passedUs / 1000);

    /// <summary>How long the run has lasted, whatever the time of day.</summary>
    public long PassedMs => passedUs / 1000;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);

    public override long GetTimestamp() => passedUs += random.Next(random.Next(16) == 0 ? 6000 : 200);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new NoTimer();

    public void Advance(long ms) => passedUs += ms * 1000;

    /// <summary>Somebody sets the time of day.</summary>
    public void Jump(long ms) => skewMs += ms;

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
