using System.Runtime.CompilerServices;
using Millrace.Data;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Progress;

/// <summary>
/// The watermark of one topic: per partition the greatest time seen less the delay; combined, the least over the
/// partitions that count. A partition counts from its first record with a time until it is idle; one that comes back
/// counts again once it has caught up with the combined watermark, as an input channel of Flink does. The combined
/// watermark never goes back.
/// </summary>
internal sealed class TopicProgress
{
    private readonly long delayMs;
    private readonly long? idleAfterMs;
    private readonly bool closeWhenIdle;
    private readonly PartitionProgress[] partitions;
    private long clock = long.MinValue;
    private long lowest = long.MinValue;

    public TopicProgress(int partitions, long delayMs, long? idleAfterMs, bool closeWhenIdle)
    {
        this.partitions = new PartitionProgress[partitions];
        this.delayMs = delayMs;
        this.idleAfterMs = idleAfterMs;
        this.closeWhenIdle = closeWhenIdle;
        Array.Fill(this.partitions, PartitionProgress.Unseen);
    }

    /// <summary>The combined watermark, ms since the epoch; <see cref="long.MinValue"/> before the first.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>The greatest time seen; <see cref="long.MinValue"/> before the first.</summary>
    public long MaxTime { get; private set; } = long.MinValue;

    /// <summary>
    /// Takes rows [from, to) in order and writes the watermark that then holds behind each to <c>after[row]</c>. Rows
    /// without a time show that their partition is alive and no more.
    /// </summary>
    public void Advance(FixedVector<long> times, ReadOnlySpan<int> inPartition, int from, int to, Span<long> after)
    {
        long[] values = times.Values;
        long latest = MaxTime;
        for (int row = from; row < to; row++)
        {
            ref PartitionProgress partition = ref partitions[inPartition[row]];
            partition.LastClock = clock;
            if (partition.IsIdle)
            {
                Reactivate(ref partition);
            }

            if (!times.IsNull(row))
            {
                latest = Math.Max(latest, values[row]);
                Record(ref partition, values[row]);
            }

            after[row] = Watermark;
        }

        MaxTime = latest;
    }

    /// <summary>Sets the clock for the records to come, without looking who is idle.</summary>
    public void SetClock(long clockMs) => clock = Math.Max(clock, clockMs);

    /// <summary>Takes a reading of the clock; readings that go back are taken for the one before.</summary>
    public void Tick(long clockMs)
    {
        SetClock(clockMs);
        bool anySeen = false;
        bool allIdle = true;
        long highest = long.MinValue;
        foreach (ref PartitionProgress partition in partitions.AsSpan())
        {
            // Before the first reading nobody knows how old a record is: it counts as new.
            partition.LastClock = partition.LastClock == long.MinValue ? clock : partition.LastClock;
            if (partition.IsSeen)
            {
                partition.IsIdle |= idleAfterMs is { } after && clock - partition.LastClock >= after;
                anySeen = true;
                allIdle &= partition.IsIdle;
                highest = Math.Max(highest, partition.Watermark);
            }
        }

        if (anySeen && allIdle)
        {
            Watermark = Math.Max(Watermark, closeWhenIdle ? Math.Max(highest, clock - delayMs) : highest);
        }

        Combine();
    }

    /// <summary>Nothing comes any more: the watermark becomes the greatest there is.</summary>
    public void End() => Watermark = long.MaxValue;

    public void Save(SnapshotWriter target)
    {
        target.Count(partitions.Length);
        target.Signed(delayMs);
        target.Time(Watermark);
        target.Time(MaxTime);
        target.Time(clock);
        foreach (ref readonly PartitionProgress partition in partitions.AsSpan())
        {
            target.Time(partition.Watermark);
            target.Time(partition.LastClock);
            target.Flag(partition.IsSeen);
            target.Flag(partition.IsIdle);
            target.Flag(partition.IsAligned);
        }
    }

    /// <summary>Why the progress that was saved cannot go on here; null when it can.</summary>
    public string? WhyNot(ref SnapshotReader source)
    {
        int count = source.Count();
        long delay = source.Signed();
        return count != partitions.Length ? $"it had {count} partitions and now has {partitions.Length}"
            : delay != delayMs ? $"its watermark was {delay} ms behind and now is {delayMs} ms"
            : null;
    }

    /// <summary>Takes progress that fits.</summary>
    public void Load(ref SnapshotReader source)
    {
        source.Count();
        source.Signed();
        Watermark = source.Time();
        MaxTime = source.Time();
        clock = source.Time();
        foreach (ref PartitionProgress partition in partitions.AsSpan())
        {
            partition.Watermark = source.Time();
            partition.LastClock = source.Time();
            partition.IsSeen = source.Flag();
            partition.IsIdle = source.Flag();
            partition.IsAligned = source.Flag();
        }

        long watermark = Watermark;
        Combine();
        Watermark = watermark;
    }

    private void Reactivate(ref PartitionProgress partition)
    {
        partition.IsIdle = false;
        partition.IsAligned = partition.Watermark >= Watermark;
        Combine();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Record(ref PartitionProgress partition, long time)
    {
        long before = partition.Watermark;
        long watermark = Math.Max(before, time < long.MinValue + delayMs ? long.MinValue : time - delayMs);
        partition.Watermark = watermark;

        // Only who holds the minimum, or comes to count, can move it.
        if (!partition.IsAligned || (before <= lowest && watermark > before))
        {
            Align(ref partition);
        }
    }

    private void Align(ref PartitionProgress partition)
    {
        partition.IsAligned |= !partition.IsSeen || partition.Watermark >= Watermark;
        partition.IsSeen = true;
        Combine();
    }

    private void Combine()
    {
        long minimum = long.MaxValue;
        foreach (ref readonly PartitionProgress partition in partitions.AsSpan())
        {
            if (partition.IsSeen && !partition.IsIdle && partition.IsAligned)
            {
                minimum = Math.Min(minimum, partition.Watermark);
            }
        }

        lowest = minimum;
        if (minimum != long.MaxValue)
        {
            Watermark = Math.Max(Watermark, minimum);
        }
    }
}
