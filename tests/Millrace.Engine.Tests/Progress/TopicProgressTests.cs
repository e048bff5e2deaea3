using Millrace.Data;
using Millrace.Engine.Progress;
using Xunit;

namespace Millrace.Engine.Tests.Progress;

/// <summary>Watermarks of partitions, combined.</summary>
public sealed class TopicProgressTests
{
    private readonly TopicProgress progress = new(3, delayMs: 10, idleAfterMs: 100, closeWhenIdle: true);

    [Fact]
    public void The_watermark_is_the_greatest_time_less_the_delay_and_never_goes_back()
    {
        Assert.Equal([90L, 90L, 190L], [Take(0, 100), Take(0, 50), Take(0, 200)]);
        Assert.Equal(200, progress.MaxTime);
    }

    [Fact]
    public void The_slowest_partition_holds_it_back_once_it_has_had_a_record()
    {
        Assert.Equal([90L, 90L, 90L, 140L], [Take(0, 100), Take(1, 40), Take(0, 300), Take(1, 150)]);
    }

    [Fact]
    public void A_row_without_a_time_moves_nothing_and_does_not_count_its_partition()
    {
        Assert.Equal([90L, 90L, 190L], [Take(0, 100), Take(1, null), Take(0, 200)]);
    }

    [Fact]
    public void An_idle_partition_does_not_count_until_it_has_caught_up()
    {
        progress.Tick(1_000);
        Take(0, 100);
        Take(1, 50);
        progress.Tick(1_099);
        Assert.Equal(90, progress.Watermark);
        Take(0, 200);
        progress.Tick(1_100);
        Assert.Equal(190, progress.Watermark);

        // Partition 1 is back, but behind: it counts from 190 on.
        long[] watermarks = [Take(1, 60), Take(0, 300), Take(1, 301), Take(0, 400), Take(1, 420)];
        Assert.Equal([190L, 290L, 290L, 291L, 390L], watermarks);
    }

    [Fact]
    public void When_all_are_idle_the_clock_less_the_delay_takes_over()
    {
        progress.Tick(1_000);
        Take(0, 500);
        Take(1, 300);
        progress.Tick(1_099);
        Assert.Equal(490, progress.Watermark);
        progress.Tick(1_100);
        Assert.Equal(1_090, progress.Watermark);
        progress.Tick(1_050);
        Assert.Equal(1_090, progress.Watermark);
    }

    [Fact]
    public void Without_the_clock_the_greatest_of_the_idle_ones_is_left()
    {
        TopicProgress quiet = new(2, delayMs: 0, idleAfterMs: 100, closeWhenIdle: false);
        Take(quiet, 0, 500);
        Take(quiet, 1, 300);
        quiet.Tick(1_000);
        Assert.Equal(500, quiet.Watermark);
        quiet.Tick(1_100);
        Assert.Equal(500, quiet.Watermark);
    }

    [Fact]
    public void Records_before_the_first_reading_are_as_new_as_it()
    {
        Take(0, 500);
        progress.Tick(9_000);
        Assert.Equal(490, progress.Watermark);
        progress.Tick(9_100);
        Assert.Equal(9_090, progress.Watermark);
    }

    [Fact]
    public void A_topic_without_records_has_no_watermark_until_the_end()
    {
        progress.Tick(5_000);
        Assert.Equal(long.MinValue, progress.Watermark);
        progress.End();
        Assert.Equal(long.MaxValue, progress.Watermark);
    }

    [Fact]
    public void Many_rows_at_once_move_it_as_one_after_the_other()
    {
        Random random = new(4);
        for (int round = 0; round < 200; round++)
        {
            int partitions = random.Next(1, 7);
            int[] inPartition = [.. Enumerable.Range(0, 60).Select(_ => random.Next(partitions))];
            long?[] times =
                [.. inPartition.Select((_, i) => random.Next(6) == 0 ? null : (long?)(i + random.Next(-9, 9)))];
            Assert.Equal(Expected(times, inPartition), Advanced(times, inPartition, partitions, random.Next(61)));
        }
    }

    // Behind each row the least of the partitions seen so far, each with its greatest time less 10, and never back.
    private static long[] Expected(long?[] times, int[] inPartition)
    {
        long watermark = long.MinValue;
        Dictionary<int, long> greatest = [];
        long[] after = new long[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            if (times[i] is { } time)
            {
                greatest[inPartition[i]] = Math.Max(greatest.GetValueOrDefault(inPartition[i], time), time);
                watermark = Math.Max(watermark, greatest.Values.Min() - 10);
            }

            after[i] = watermark;
        }

        return after;
    }

    private static long[] Advanced(long?[] times, int[] inPartition, int partitions, int split)
    {
        TopicProgress progress = new(partitions, delayMs: 10, idleAfterMs: null, closeWhenIdle: false);
        FixedVector<long> vector = new(SqlType.Timestamp(3));
        vector.Reset(times.Length);
        for (int i = 0; i < times.Length; i++)
        {
            vector.Values[i] = times[i] ?? long.MaxValue;
            if (times[i] is null)
            {
                vector.SetNull(i);
            }
        }

        long[] after = new long[times.Length];
        progress.Advance(vector, inPartition, 0, split, after);
        progress.Advance(vector, inPartition, split, times.Length, after);
        Assert.Equal(times.Max() ?? long.MinValue, progress.MaxTime);
        return after;
    }

    private static long Take(TopicProgress of, int partition, long? time)
    {
        FixedVector<long> times = new(SqlType.Timestamp(3));
        times.Reset(1);
        times.Values[0] = time ?? 0;
        if (time is null)
        {
            times.SetNull(0);
        }

        long[] after = new long[1];
        of.Advance(times, [partition], 0, 1, after);
        return after[0];
    }

    private long Take(int partition, long? time) => Take(progress, partition, time);
}
