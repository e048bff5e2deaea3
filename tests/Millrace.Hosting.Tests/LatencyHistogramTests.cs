using FsCheck.Xunit;
using Millrace.Hosting.Meters;
using Xunit;

namespace Millrace.Hosting.Tests;

public sealed class LatencyHistogramTests
{
    [Property(MaxTest = 50)]
    public void Quantiles_are_within_a_bucket_of_the_sorted_list(uint[] values)
    {
        LatencyHistogram histogram = new();
        foreach (uint value in values)
        {
            histogram.Record(TimeSpan.FromMicroseconds(value));
        }

        long[] sorted = [.. values.Select(v => (long)v).Order()];
        foreach (double share in new[] { 0.5, 0.99, 1.0 })
        {
            long exact = sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
            double found = histogram.Quantile(share).TotalMicroseconds;
            Assert.InRange(found, exact, (exact * 1.07) + 1);
        }

        Assert.Equal(values.Length, histogram.Count);
        Assert.Equal(values.Length, histogram.CountWithin(TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Counts_what_is_within_a_bound()
    {
        LatencyHistogram histogram = new();
        histogram.Record(TimeSpan.FromMilliseconds(10));
        histogram.Record(TimeSpan.FromMilliseconds(50));
        histogram.Record(TimeSpan.FromMilliseconds(70));

        Assert.Equal(1, histogram.CountWithin(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(2, histogram.CountWithin(TimeSpan.FromMilliseconds(50)));
        Assert.Equal(TimeSpan.FromMilliseconds(130), histogram.Sum);
    }

    [Fact]
    public void A_rate_forgets_what_is_older_than_a_minute()
    {
        MinuteRate rate = new();
        rate.Add(1_000_000, 5);
        rate.Add(1_030_000, 7);

        Assert.Equal(12, rate.LastMinute(1_030_500));
        Assert.Equal(7, rate.LastMinute(1_060_000));
        Assert.Equal(0, rate.LastMinute(1_090_000));
    }
}
