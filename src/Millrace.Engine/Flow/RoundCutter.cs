namespace Millrace.Engine.Flow;

/// <summary>
/// Cuts a step into rounds: at every tick, at the end of the input, and where there are more records than fit the
/// cache. Rounds are contiguous ranges of positions, so where the cuts are cannot be seen in the rows.
/// </summary>
internal sealed class RoundCutter(int sources, int rowsPerRound)
{
    private readonly int[] next = new int[sources];
    private readonly int[] limit = new int[sources];
    private StepInput? input;
    private int nextTick;
    private bool isOver;

    public void Begin(StepInput step)
    {
        input = step;
        nextTick = 0;
        isOver = false;
        Array.Clear(next);
        Array.Clear(limit);
    }

    /// <summary>Finds the next round; of each source it has the records from <see cref="From"/> to
    /// <see cref="To"/>.</summary>
    public bool TryNext(out Round round)
    {
        limit.CopyTo(next, 0);
        round = default;
        if (isOver)
        {
            return false;
        }

        bool hasTick = nextTick < input!.Ticks.Count;
        int total = LimitTo(hasTick ? input.Ticks[nextTick].Position : long.MaxValue);
        if (total > rowsPerRound)
        {
            total = LimitTo(CutPosition());
            round = new Round(RoundKind.Records, LastPosition(), 0);
        }
        else if (hasTick)
        {
            ClockTick tick = input.Ticks[nextTick++];
            round = new Round(RoundKind.Tick, tick.Position, tick.ClockMs);
            return true;
        }
        else
        {
            isOver = true;
            round = input.EndPosition is { } end
                ? new Round(RoundKind.End, end, 0)
                : new Round(RoundKind.Records, LastPosition(), 0);
            return total > 0 || input.EndPosition is not null;
        }

        return true;
    }

    public int From(int source) => next[source];

    public int To(int source) => limit[source];

    // Every source that has more than its share is cut at the first position that goes beyond it.
    private long CutPosition()
    {
        int busy = 0;
        for (int s = 0; s < sources; s++)
        {
            busy += limit[s] > next[s] ? 1 : 0;
        }

        int share = Math.Max(1, rowsPerRound / busy);
        long cut = long.MaxValue;
        for (int s = 0; s < sources; s++)
        {
            if (limit[s] - next[s] > share)
            {
                cut = Math.Min(cut, input!.Sources[s].Positions[next[s] + share]);
            }
        }

        return cut;
    }

    private int LimitTo(long position)
    {
        int total = 0;
        for (int s = 0; s < sources; s++)
        {
            TopicRecords records = input!.Sources[s];
            int found = records.Positions.AsSpan(next[s], records.Count - next[s]).BinarySearch(position);
            limit[s] = next[s] + (found < 0 ? ~found : found);
            total += limit[s] - next[s];
        }

        return total;
    }

    private long LastPosition()
    {
        long last = long.MinValue;
        for (int s = 0; s < sources; s++)
        {
            if (limit[s] > next[s])
            {
                last = Math.Max(last, input!.Sources[s].Positions[limit[s] - 1]);
            }
        }

        return last;
    }
}
