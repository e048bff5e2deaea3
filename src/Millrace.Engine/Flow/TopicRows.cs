namespace Millrace.Engine.Flow;

/// <summary>
/// What a topic has in one round: its rows in order, in slices of which each worker takes one, and behind them at
/// most one final event, a reading of the clock or the end of the input. Events are numbered: row 0, 1, …, and the
/// final event behind them.
/// </summary>
internal sealed class TopicRows
{
    private long[] watermarks = new long[2];
    private long[] positions = new long[1];

    /// <param name="spec">The topic.</param>
    /// <param name="needed">Which of its columns are read.</param>
    /// <param name="slices">How many workers there are.</param>
    public TopicRows(TopicSpec spec, bool[] needed, int slices)
    {
        Spec = spec;
        Slices = [.. Enumerable.Range(0, slices).Select(_ => new TopicSlice(spec, needed))];
    }

    public TopicSpec Spec { get; }

    public TopicSlice[] Slices { get; }

    /// <summary>How many rows there are over all slices: the number of the final event.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Entry e is the watermark before event e, entry e + 1 the one behind it. <see cref="Count"/> + 2 entries;
    /// ascending.
    /// </summary>
    public Span<long> Watermarks => watermarks.AsSpan(0, Count + 2);

    /// <summary>Per event its position.</summary>
    public ReadOnlySpan<long> Positions => positions.AsSpan(0, Count + 1);

    /// <summary>The watermark when the round is over.</summary>
    public long FinalWatermark => watermarks[Count + 1];

    /// <summary>Numbers the rows of the slices, which have been filled, and takes the final event's position.</summary>
    public void Number(long finalPosition)
    {
        Count = 0;
        foreach (TopicSlice slice in Slices)
        {
            Count += slice.Rows.Count;
        }

        if (positions.Length < Count + 1)
        {
            positions = new long[Math.Max(Count + 1, positions.Length * 2)];
            watermarks = new long[positions.Length + 1];
        }

        int at = 0;
        foreach (TopicSlice slice in Slices)
        {
            slice.Rows.Positions.AsSpan(0, slice.Rows.Count).CopyTo(positions.AsSpan(at));
            slice.Number(at);
            at += slice.Rows.Count;
        }

        positions[Count] = finalPosition;
    }

    /// <summary>Finds the slice and the row in it of an event that is a row.</summary>
    public TopicSlice Find(int number, out int row)
    {
        foreach (TopicSlice slice in Slices)
        {
            if (number < slice.FirstEvent + slice.Rows.Count)
            {
                row = number - slice.FirstEvent;
                return slice;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(number), number, "no such row");
    }

    /// <summary>The first event behind which the watermark is at least this; the caller knows that there is
    /// one.</summary>
    public int FirstReaching(long watermark)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (watermarks[middle + 1] >= watermark)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
