using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    private const long NotCounting = long.MaxValue;

    private readonly long delayMs;
    private readonly long? idleAfterMs;
    private readonly bool closeWhenIdle;
    private readonly PartitionProgress[] partitions;

    // Per partition its watermark, if it counts; filled up to whole vectors.
    private readonly long[] counting;
    private long clock = long.MinValue;
    private long lowest = long.MinValue;

    public TopicProgress(int partitions, long delayMs, long? idleAfterMs, bool closeWhenIdle)
    {
        this.partitions = new PartitionProgress[partitions];
        counting = new long[(partitions + Vector256<long>.Count - 1) / Vector256<long>.Count * Vector256<long>.Count];
        this.delayMs = delayMs;
        this.idleAfterMs = idleAfterMs;
        this.closeWhenIdle = closeWhenIdle;
        Array.Fill(this.partitions, PartitionProgress.Unseen);
        Array.Fill(counting, NotCounting);
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
        PartitionProgress[] all = partitions;
        long[] counted = counting;
        (long latest, long now, long combined) = (MaxTime, clock, Watermark);
        for (int row = from; row < to; row++)
        {
            int number = inPartition[row];
            ref PartitionProgress partition = ref all[number];
            partition.LastClock = now;
            bool isTimed = !times.IsNull(row);
            long time = isTimed ? values[row] : long.MinValue;
            latest = Greater(latest, time);
            long before = counted[number];
            if (before > lowest && before != NotCounting)
            {
                // Another one holds the minimum, so nothing moves.
                partition.Watermark = counted[number] = Greater(before, Behind(time));
            }
            else
            {
                AdvanceLowest(ref partition, number, isTimed, Behind(time));
                combined = Watermark;
            }

            after[row] = combined;
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

    private long Behind(long time) => Greater(time, long.MinValue + delayMs) - delayMs;

    // Without a jump: whether a record is newer than those before it nobody can guess.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Greater(long a, long b) => a ^ ((a ^ b) & -(b > a ? 1L : 0L));

    // A record of a partition that may hold the minimum, or does not count yet.
    private void AdvanceLowest(ref PartitionProgress partition, int number, bool isTimed, long watermark)
    {
        long before = counting[number];
        if (before == NotCounting)
        {
            Admit(ref partition, isTimed, watermark);
        }
        else if (watermark > before)
        {
            partition.Watermark = counting[number] = watermark;
            Move();
        }
    }

    // A record of a partition that does not count: it may from now on.
    private void Admit(ref PartitionProgress partition, bool isTimed, long watermark)
    {
        if (partition.IsIdle)
        {
            partition.IsIdle = false;
            partition.IsAligned = partition.Watermark >= Watermark;
        }

        if (isTimed)
        {
            partition.Watermark = Math.Max(partition.Watermark, watermark);
            partition.IsAligned |= !partition.IsSeen || partition.Watermark >= Watermark;
            partition.IsSeen = true;
        }

        Combine();
    }

    // Looks who counts.
    private void Combine()
    {
        for (int i = 0; i < partitions.Length; i++)
        {
            ref readonly PartitionProgress partition = ref partitions[i];
            bool counts = partition.IsSeen && !partition.IsIdle && partition.IsAligned;
            counting[i] = counts ? partition.Watermark : NotCounting;
        }

        Move();
    }

    private void Move()
    {
        Vector256<long> least = Vector256.Create(NotCounting);
        for (int i = 0; i < counting.Length; i += Vector256<long>.Count)
        {
            least = Vector256.Min(least, Vector256.LoadUnsafe(ref counting[i]));
        }

        Vector128<long> half = Vector128.Min(least.GetLower(), least.GetUpper());
        lowest = Math.Min(half[0], half[1]);
        if (lowest != NotCounting)
        {
            Watermark = Math.Max(Watermark, lowest);
        }
    }
}
