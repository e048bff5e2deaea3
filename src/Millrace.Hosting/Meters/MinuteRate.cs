namespace Millrace.Hosting.Meters;

/// <summary>
/// Counts what happened in the last minute, by seconds. Times are the caller's, ms since the epoch, and need not be in
/// order. All members are thread-safe.
/// </summary>
internal sealed class MinuteRate
{
    private const int Seconds = 60;

    private readonly Lock gate = new();
    private readonly long[] counts = new long[Seconds];
    private readonly long[] seconds = new long[Seconds];

    public void Add(long nowMs, long count)
    {
        long second = nowMs / 1000;
        int slot = (int)(second % Seconds);
        lock (gate)
        {
            if (seconds[slot] != second)
            {
                seconds[slot] = second;
                counts[slot] = 0;
            }

            counts[slot] += count;
        }
    }

    /// <summary>How many in the 60 seconds up to now.</summary>
    public long LastMinute(long nowMs)
    {
        long second = nowMs / 1000;
        long sum = 0;
        lock (gate)
        {
            for (int i = 0; i < Seconds; i++)
            {
                sum += seconds[i] > second - Seconds && seconds[i] <= second ? counts[i] : 0;
            }
        }

        return sum;
    }
}
