using Millrace.Data;
using Millrace.Data.Time;
using Millrace.Engine.Flow;
using Millrace.Engine.Progress;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Topics;

/// <summary>A topic while the engine runs: its rows of the round and its watermark.</summary>
internal sealed class TopicState
{
    private const int CounterCount = 6;

    private readonly TopicProgress? progress;
    private readonly TopicStatistics statistics;

    /// <param name="spec">The topic.</param>
    /// <param name="needed">Which of its columns are read.</param>
    /// <param name="lanes">How many workers there are.</param>
    /// <param name="statistics">The topic's.</param>
    public TopicState(TopicSpec spec, bool[] needed, int lanes, TopicStatistics statistics)
    {
        this.statistics = statistics;
        Rows = new TopicRows(spec, needed, lanes);
        progress = spec.Watermark is { } rule
            ? new TopicProgress(spec.Partitions, rule.DelayMs, spec.IdleAfterMs, spec.CloseWhenIdle)
            : null;
    }

    public TopicRows Rows { get; }

    /// <summary>
    /// Ends the filling of the round: numbers the rows of the slices and computes the watermark before and behind
    /// each, and behind the final event. Rows that a tick caused are as new as the tick.
    /// </summary>
    public void Advance(in Round round)
    {
        Rows.Number(round.FinalPosition);
        Span<long> watermarks = Rows.Watermarks;
        if (progress is null)
        {
            watermarks.Fill(long.MinValue);
            watermarks[^1] = round.Kind == RoundKind.End ? long.MaxValue : long.MinValue;
            return;
        }

        watermarks[0] = progress.Watermark;
        long caused = round.Kind == RoundKind.Tick ? round.FinalPosition : long.MaxValue;
        foreach (TopicSlice slice in Rows.Slices)
        {
            Advance(slice, slice.RowsBefore(caused), round.ClockMs, watermarks[(1 + slice.FirstEvent)..]);
        }

        watermarks[^1] = Finish(round);
        statistics.Watermark = progress.Watermark;
        statistics.MaxEventTime = progress.MaxTime;
    }

    public void Save(SnapshotWriter head)
    {
        head.Unsigned((ulong)statistics.Rows);
        head.Unsigned((ulong)statistics.Bad);
        head.Unsigned((ulong)statistics.Tombstones);
        head.Unsigned((ulong)statistics.Duplicates);
        head.Unsigned((ulong)statistics.DecodeFallbacks);
        head.Unsigned((ulong)statistics.TimestampForms);
        head.Flag(progress is not null);
        progress?.Save(head);
    }

    /// <summary>Why a topic's state does not fit this one; null when it does.</summary>
    public string? WhyNot(SnapshotReader head)
    {
        for (int i = 0; i < CounterCount; i++)
        {
            head.Unsigned();
        }

        bool hadProgress = head.Flag();
        return progress is null ? null
            : hadProgress ? progress.WhyNot(ref head)
            : "it had no event time";
    }

    public void Load(SnapshotReader head)
    {
        statistics.Rows = (long)head.Unsigned();
        statistics.Bad = (long)head.Unsigned();
        statistics.Tombstones = (long)head.Unsigned();
        statistics.Duplicates = (long)head.Unsigned();
        statistics.EarlierFallbacks = (long)head.Unsigned();
        statistics.EarlierForms = (TimestampForms)head.Unsigned();
        if (head.Flag() && progress is not null)
        {
            progress.Load(ref head);
            statistics.Watermark = progress.Watermark;
            statistics.MaxEventTime = progress.MaxTime;
        }
    }

    private void Advance(TopicSlice slice, int before, long clockMs, Span<long> after)
    {
        FixedVector<long> times = (FixedVector<long>)slice.Rows.Columns[Rows.Spec.Watermark!.Column];
        progress!.Advance(times, slice.Partitions, 0, before, after);
        if (before < slice.Rows.Count)
        {
            progress.SetClock(clockMs);
            progress.Advance(times, slice.Partitions, before, slice.Rows.Count, after);
        }
    }

    private long Finish(in Round round)
    {
        switch (round.Kind)
        {
            case RoundKind.Tick:
                progress!.Tick(round.ClockMs);
                break;
            case RoundKind.End:
                progress!.End();
                break;
        }

        return progress!.Watermark;
    }
}
