namespace Millrace.Storage.Topics;

/// <summary>The unreadable records of a partition that were met so far, each once. Thread-safe.</summary>
internal sealed class DamageList
{
    private readonly Lock gate = new();
    private UnreadableRecords[] items = [];

    public IReadOnlyList<UnreadableRecords> Items => Volatile.Read(ref items);

    /// <summary>Adds what is not covered yet.</summary>
    public void Add(UnreadableRecords found)
    {
        lock (gate)
        {
            if (!Covers(found.FirstOffset, found.LastOffset + 1))
            {
                IEnumerable<UnreadableRecords> others = items.Where(
                    item => item.FirstOffset < found.FirstOffset || item.LastOffset > found.LastOffset);
                Volatile.Write(ref items, [.. others.Append(found).OrderBy(item => item.FirstOffset)]);
            }
        }
    }

    /// <summary>True when all offsets from one up to another, exclusive, are among them.</summary>
    public bool Covers(long from, long to)
    {
        foreach (UnreadableRecords item in Items)
        {
            if (item.FirstOffset <= from && item.LastOffset >= from)
            {
                from = item.LastOffset + 1;
            }
        }

        return from >= to;
    }
}
