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

    /// <summary>The windows' ends.</summary>
    public List<long> Ends => ends;

    public void Clear()
    {
        Count = 0;
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
    public void AddWindow(long end, int closing, long position, byte[]? rawKey = null)
    {
        int first = Count;
        for (int owner = 0; owner < owners.Count; owner++)
        {
            if (owners[owner].Find(end) is { } window)
            {
                AddGroups(owner, window, rawKey);
            }
        }

        sorter.Sort(groups.AsSpan(first, Count - first), (owner, group) => owners[owner].Find(end)!.Keys.Key(group));
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

    public WindowRowBuilder NewBuilder(bool[] needed) => new(node, needed, owners, times);

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
