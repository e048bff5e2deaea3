namespace Millrace.Hosting.Replaying;

/// <summary>A set of offsets, kept as ascending ranges that do not touch. Not thread-safe.</summary>
internal sealed class OffsetRanges
{
    private readonly List<(long First, long Last)> ranges = [];

    public IReadOnlyList<(long First, long Last)> Ranges => ranges;

    public bool Contains(long offset)
    {
        int place = IndexOf(offset);
        return place >= 0 && offset <= ranges[place].Last;
    }

    public void Add(long offset) => Add(offset, offset);

    /// <summary>Adds a range, both ends included.</summary>
    public void Add(long first, long last)
    {
        int from = Math.Max(0, IndexOf(first));
        from += from < ranges.Count && ranges[from].Last < first - 1 ? 1 : 0;
        int to = from;
        while (to < ranges.Count && ranges[to].First <= last + 1)
        {
            (first, last) = (Math.Min(first, ranges[to].First), Math.Max(last, ranges[to].Last));
            to++;
        }

        ranges.RemoveRange(from, to - from);
        ranges.Insert(from, (first, last));
    }

    /// <summary>The last range that begins at or before an offset; -1 when none does.</summary>
    private int IndexOf(long offset)
    {
        int low = 0;
        int high = ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ranges[middle].First <= offset ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
