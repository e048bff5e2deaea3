using Millrace.Engine.Flow;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// Groups of windows that become rows: those of windows that close, or of open ones for live rows. Collected window
/// by window, by ascending end; within a window sorted by key bytes, whoever owns the groups. Any number of lanes may
/// then build parts of the rows.
/// </summary>
internal sealed class WindowEmission
{
    private readonly WindowAggregate node;
    private readonly IReadOnlyList<WindowAggregateOwner> owners;
    private readonly WindowTimes times;
    private readonly KeySorter sorter = new();
    private readonly List<long> ends = [];
    private readonly List<int> events = [];
    private readonly List<long> positions = [];
    private readonly List<int> firsts = [];
    private GroupReference[] groups = new GroupReference[64];

    public WindowEmission(WindowAggregate node, IReadOnlyList<WindowAggregateOwner> owners, WindowTimes times)
    {
        this.node = node;
        this.owners = owners;
        this.times = times;
    }

    /// <summary>How many rows come out.</summary>
    public int Count { get; private set; }

    /// <summary>How many of the rows have been given out: the first.</summary>
    public int Given { get; set; }

    /// <summary>The windows' ends.</summary>
    public List<long> Ends => ends;

    public void Clear()
    {
        Count = 0;
        Given = 0;
        ends.Clear();
        events.Clear();
        positions.Clear();
        firsts.Clear();
    }

    /// <summary>Adds the groups of a window, all or those of a raw key.</summary>
    /// <param name="end">The window's wall end; greater than those before.</param>
    /// <param name="closing">The event that closes it.</param>
    /// <param name="position">That event's position.</param>
    /// <param name="rawKey">The live key, or null for all groups.</param>
    /// <param name="given">The last group of the window that has been given out, and with it all whose keys are less;
    /// null for none.</param>
    /// <param name="pauses">While the groups are sorted; null for none.</param>
    public void AddWindow(
        long end, int closing, long position, byte[]? rawKey = null, GroupReference? given = null,
        Pauses? pauses = null)
    {
        int first = Count;
        for (int owner = 0; owner < owners.Count; owner++)
        {
            if (owners[owner].Find(end) is { } window)
            {
                AddGroups(owner, window, rawKey);
            }
        }

        KeyTable?[] keys = [.. owners.Select(owner => owner.Find(end)?.Keys)];
        sorter.Sort(groups.AsSpan(first, Count - first), (owner, group) => keys[owner]!.Key(group), pauses);
        if (given is { } last)
        {
            RemoveGiven(first, end, last);
        }

        ends.Add(end);
        events.Add(closing);
        positions.Add(position);
        firsts.Add(first);
    }

    /// <summary>Builds rows [from, to) of the emission.</summary>
    public FlowBatch Build(int from, int to, WindowRowBuilder builder)
    {
        builder.Begin(to - from);
        for (int w = 0; w < ends.Count; w++)
        {
            int first = Math.Max(from, firsts[w]);
            int last = Math.Min(to, w + 1 < ends.Count ? firsts[w + 1] : Count);
            if (first < last)
            {
                builder.AddWindow(groups.AsSpan(first, last - first), first - from, ends[w], events[w], positions[w]);
            }
        }

        return builder.Finish(groups.AsSpan(from, to - from));
    }

    /// <summary>The last group of a window that has been given out; null for none.</summary>
    public GroupReference? LastGiven(long end)
    {
        int window = ends.IndexOf(end);
        if (window < 0)
        {
            return null;
        }

        int given = Math.Min(Given, window + 1 < ends.Count ? firsts[window + 1] : Count);
        return given > firsts[window] ? groups[given - 1] : null;
    }

    public WindowRowBuilder NewBuilder(bool[] needed) => new(node, needed, owners, times);

    private void RemoveGiven(int first, long end, GroupReference last)
    {
        ReadOnlySpan<byte> lastKey = KeyOf(last);
        int from = first;
        while (from < Count && KeyOf(groups[from]).SequenceCompareTo(lastKey) <= 0)
        {
            from++;
        }

        groups.AsSpan(from, Count - from).CopyTo(groups.AsSpan(first));
        Count -= from - first;

        ReadOnlySpan<byte> KeyOf(GroupReference group) => owners[group.Owner].Find(end)!.Keys.Key(group.Group);
    }

    private void AddGroups(int owner, WindowGroups window, byte[]? rawKey)
    {
        int added = 0;
        int most = Count + window.Count;
        if (groups.Length < most)
        {
            Array.Resize(ref groups, Math.Max(most, groups.Length * 2));
        }

        if (rawKey is null)
        {
            for (; added < window.Count; added++)
            {
                groups[Count + added] = new GroupReference(owner, added, window.Slots[added]);
            }
        }
        else
        {
            for (int group = window.FirstLive(rawKey); group >= 0; group = window.NextLive(group))
            {
                groups[Count + added++] = new GroupReference(owner, group, window.Slots[group]);
            }
        }

        Count += added;
    }
}
