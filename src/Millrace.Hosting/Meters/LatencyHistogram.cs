using System.Numerics;

namespace Millrace.Hosting.Meters;

/// <summary>
/// Counts durations, from 1 microsecond to a good hour, in buckets that are at most 6 % wide. Thread-safe, without
/// locks; a reading made while others write is off by what they are just writing.
/// </summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;
    private const int MaxBits = 32;

    private readonly long[] counts = new long[(MaxBits - SubBits + 1) * SubBuckets];
    private long sumMicroseconds;
    private long count;

    /// <summary>How many durations were recorded.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>Their sum.</summary>
    public TimeSpan Sum => TimeSpan.FromMicroseconds(Volatile.Read(ref sumMicroseconds));

    public void Record(TimeSpan duration)
    {
        long microseconds = Math.Clamp(duration.Ticks / TimeSpan.TicksPerMicrosecond, 0, (1L << MaxBits) - 1);
        Interlocked.Increment(ref counts[BucketOf(microseconds)]);
        Interlocked.Add(ref sumMicroseconds, microseconds);
        Interlocked.Increment(ref count);
    }

    /// <summary>
    /// The duration within which that share of all was; zero when there are none. Rounded up to a bucket's bound.
    /// </summary>
    public TimeSpan Quantile(double share)
    {
        long total = Count;
        long rank = (long)Math.Ceiling(share * total);
        long seen = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            seen += Volatile.Read(ref counts[i]);
            if (seen >= rank && seen > 0)
            {
                return TimeSpan.FromMicroseconds(UpperBound(i));
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>How many durations were at most that long (to the width of a bucket).</summary>
    public long CountWithin(TimeSpan bound)
    {
        long microseconds = bound.Ticks / TimeSpan.TicksPerMicrosecond;
        long seen = 0;
        for (int i = 0; i < counts.Length && UpperBound(i) <= microseconds + (microseconds >> SubBits); i++)
        {
            seen += Volatile.Read(ref counts[i]);
        }

        return seen;
    }

    // Below 16 a bucket per microsecond, then 16 buckets for each power of two.
    private static int BucketOf(long microseconds)
    {
        if (microseconds < SubBuckets)
        {
            return (int)microseconds;
        }

        int shift = BitOperations.Log2((ulong)microseconds) - SubBits;
        return ((shift + 1) * SubBuckets) + (int)((microseconds >> shift) - SubBuckets);
    }

    private static long UpperBound(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        int shift = (bucket / SubBuckets) - 1;
        return ((SubBuckets + (bucket % SubBuckets) + 1L) << shift) - 1;
    }
}
