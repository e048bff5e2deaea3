using Millrace.Data;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;
using Millrace.Engine.Topics;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// The groups of a window aggregate that one worker owns, over all open windows: hash tables per window, and
/// accumulators over slots that all windows share.
/// </summary>
internal sealed class WindowAggregateOwner
{
    // Rows ahead of the one that is looked up: first a slot is fetched, then the entry that it names, then its key.
    private const int SlotAhead = 24;
    private const int EntryAhead = 16;
    private const int KeyAhead = 8;

    // More than a round may add, so slots are free in time; all at once would hold up reads.
    private const int MostReleased = 4096;

    private readonly WindowAggregate node;
    private readonly Accumulator[] accumulators;
    private readonly int liveKey;
    private readonly int index;
    private readonly Dictionary<long, WindowGroups> open = [];
    private readonly Stack<WindowGroups> pool = [];
    private readonly Stack<int> freeSlots = [];
    private readonly List<WindowGroups> closed = [];
    private readonly WindowGroupSaver saver;
    private readonly LiveKeyDecoder? liveKeys;
    private int slotCount;
    private int expectedSlots;
    private WindowGroups? last;
    private int[] groups = [];
    private int[] passed = [];
    private int[] passedGroups = [];

    public WindowAggregateOwner(WindowAggregate node, int liveKey, int index)
    {
        this.node = node;
        this.liveKey = liveKey;
        this.index = index;
        accumulators = AccumulatorFactory.Create(node.Aggregates, node.Inputs[0].Schema);
        saver = new WindowGroupSaver(accumulators, index);
        liveKeys = liveKey < 0 ? null : new LiveKeyDecoder(node, liveKey);
    }

    public IReadOnlyCollection<long> OpenEnds => open.Keys;

    /// <summary>The end of the open window that ends first; the greatest number there is when none is open.</summary>
    public long EarliestEnd { get; private set; } = long.MaxValue;

    public long GroupCount => open.Values.Sum(w => (long)w.Count);

    public long StateBytes => open.Values.Concat(pool).Concat(closed).Sum(w => w.StateBytes)
        + accumulators.Sum(a => a.StateBytes) + saver.Marks.StateBytes;

    public IReadOnlyList<Accumulator> Accumulators => accumulators;

    /// <summary>The groups of an open window, or null when none is owned here.</summary>
    public WindowGroups? Find(long end) => open.GetValueOrDefault(end);

    /// <summary>Adds the owned rows of all lanes, in order.</summary>
    public void Update(WindowAggregateLane[] lanes)
    {
        foreach (WindowAggregateLane lane in lanes)
        {
            ReadOnlySpan<int> rows = lane.OwnedBy(index);
            if (rows.Length > 0)
            {
                FindGroups(lane, rows);
                saver.WriteChosen();
                Accumulate(lane.Rows, rows);
            }
        }
    }

    /// <summary>Forgets windows; their slots become free, so many with each call.</summary>
    public void Forget(List<long> ends, int mostReleased = MostReleased)
    {
        last = null;
        foreach (long end in ends)
        {
            if (open.Remove(end, out WindowGroups? window))
            {
                closed.Add(window);
            }
        }

        if (ends.Count > 0)
        {
            EarliestEnd = open.Count == 0 ? long.MaxValue : open.Keys.Min();
        }

        ReleaseClosed(mostReleased);
    }

    /// <summary>Begins to write the groups to a snapshot.</summary>
    public void BeginSnapshot(int part, bool isFull) => saver.Begin(part, isFull, open.Values);

    /// <summary>How many groups the snapshot has still to look at.</summary>
    public long LeftInSnapshot => saver.Left;

    public void RehearseSnapshot() => saver.Rehearse();

    /// <summary>Gives to the sink what was written before changes.</summary>
    public int DrainSnapshot(int maxBytes, ISnapshotSink sink) => saver.Drain(maxBytes, sink);

    public int AdvanceShared(int maxBytes, ISnapshotSink sink, out bool isDone) =>
        saver.AdvanceShared(maxBytes, sink, out isDone);

    public int AdvanceSnapshot(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = saver.Advance(maxBytes, sink, out isDone);
        ReleaseClosed(MostReleased);
        return written;
    }

    public void EndSnapshot()
    {
        saver.End();
        ReleaseClosed(MostReleased);
    }

    /// <summary>Says that a snapshot has all groups as they are now. What they share it has too, but by other numbers:
    /// the next one brings it again.</summary>
    public void SettleSnapshot() => saver.Marks.Settle();

    /// <summary>Makes room for about that many groups more of a window; they come from a snapshot.</summary>
    public void ExpectGroups(long end, int count)
    {
        WindowGroups window = Open(end);
        window.EnsureCapacity(window.Count + count, liveKeys is not null);
        expectedSlots = Math.Max(expectedSlots, slotCount) + count;
        foreach (Accumulator accumulator in accumulators)
        {
            accumulator.EnsureGroups(expectedSlots);
        }
    }

    /// <summary>Brings what finds a key into the cache, for <see cref="LoadGroup"/> soon.</summary>
    public void Prefetch(long end, ulong hash) => OpenLast(end).Keys.Prefetch(hash);

    /// <summary>The slot of a group that comes from a snapshot, empty.</summary>
    public int LoadGroup(long end, ulong hash, ReadOnlySpan<byte> key)
    {
        WindowGroups window = OpenLast(end);
        int group = window.Keys.FindOrAdd(hash, key);
        if (group < window.Count)
        {
            int old = window.Slots[group];
            foreach (Accumulator accumulator in accumulators)
            {
                accumulator.Clear([old]);
            }

            return old;
        }

        int slot = AddGroup(window);
        if (liveKeys is not null && liveKeys.TryDecode(key))
        {
            window.AddLive(liveKeys.Found);
        }

        return slot;
    }

    /// <summary>Reads the accumulators of those groups from a block; -1 is another owner's.</summary>
    public void LoadAccumulators(ReadOnlySpan<int> slots, ref SnapshotReader block)
    {
        foreach (Accumulator accumulator in accumulators)
        {
            accumulator.EnsureGroups(slotCount);
            accumulator.Load(slots, ref block);
        }
    }

    // Mostly the one of the call before.
    private WindowGroups OpenLast(long end)
    {
        if (last is null || last.End != end)
        {
            last = Open(end);
        }

        return last;
    }

    // Windows that a snapshot has still to write stay as they were when they closed.
    private void ReleaseClosed(int most)
    {
        for (int i = closed.Count - 1; i >= 0 && most > 0; i--)
        {
            if (saver.Keeps(closed[i]))
            {
                continue;
            }

            most -= Release(closed[i], most);
            if (closed[i].Count == 0)
            {
                pool.Push(closed[i]);
                closed.RemoveAt(i);
            }
        }
    }

    private int Release(WindowGroups window, int most)
    {
        ReadOnlySpan<int> slots = window.RemoveLast(most);
        foreach (Accumulator accumulator in accumulators)
        {
            accumulator.Clear(slots);
        }

        foreach (int slot in slots)
        {
            saver.Marks.Remove(slot);
            freeSlots.Push(slot);
        }

        return slots.Length;
    }

    private void FindGroups(WindowAggregateLane lane, ReadOnlySpan<int> rows)
    {
        if (groups.Length < rows.Length)
        {
            groups = new int[Math.Max(rows.Length, groups.Length * 2)];
        }

        ReadOnlySpan<ulong> hashes = lane.Keys.Hashes;
        ReadOnlySpan<long> ends = lane.Ends;
        WindowGroups? window = null;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if (window is null || window.End != ends[row])
            {
                window = Open(ends[row]);
            }

            if (i + SlotAhead < rows.Length && window.Keys.IsLarge)
            {
                window.Keys.Prefetch(hashes[rows[i + SlotAhead]]);
                window.Keys.PrefetchEntry(hashes[rows[i + EntryAhead]]);
                window.Keys.PrefetchKey(hashes[rows[i + KeyAhead]]);
            }

            int group = window.Keys.FindOrAdd(hashes[row], lane.Keys.Key(row));
            if (group == window.Count)
            {
                AddGroup(window, lane.Rows, row);
            }

            int slot = window.Slots[group];
            groups[i] = slot;
            if (saver.Marks.Touch(slot))
            {
                saver.Choose(window, group);
            }
        }
    }

    private WindowGroups Open(long end)
    {
        if (!open.TryGetValue(end, out WindowGroups? window))
        {
            window = pool.Count > 0 ? pool.Pop() : new WindowGroups();
            window.Begin(end);
            open.Add(end, window);
            EarliestEnd = Math.Min(EarliestEnd, end);
        }

        return window;
    }

    private int AddGroup(WindowGroups window)
    {
        if (!freeSlots.TryPop(out int slot))
        {
            slot = slotCount++;
        }

        window.Add(slot);
        saver.Marks.Add(slot);
        return slot;
    }

    private void AddGroup(WindowGroups window, Batch rows, int row)
    {
        AddGroup(window);
        if (liveKey >= 0 && !rows.Columns[liveKey].IsNull(row))
        {
            Span<byte> scratch = stackalloc byte[RawKey.MaxFixedLength];
            window.AddLive(RawKey.Of(rows.Columns[liveKey], row, scratch));
        }
    }

    private void Accumulate(Batch batch, ReadOnlySpan<int> rows)
    {
        for (int a = 0; a < accumulators.Length; a++)
        {
            AggregateCall call = node.Aggregates[a];
            accumulators[a].EnsureGroups(slotCount);
            ColumnVector? argument = call.Argument is { } column ? batch.Columns[column.Index] : null;
            if (call.Filter is { } filter)
            {
                int count = Filter((FixedVector<byte>)batch.Columns[filter.Index], rows);
                accumulators[a].Update(passedGroups.AsSpan(0, count), argument, passed.AsSpan(0, count));
            }
            else
            {
                accumulators[a].Update(groups.AsSpan(0, rows.Length), argument, rows);
            }
        }
    }

    private int Filter(FixedVector<byte> filter, ReadOnlySpan<int> rows)
    {
        if (passed.Length < rows.Length)
        {
            passed = new int[groups.Length];
            passedGroups = new int[groups.Length];
        }

        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            passed[count] = row;
            passedGroups[count] = groups[i];
            count += !filter.IsNull(row) && filter.Values[row] != 0 ? 1 : 0;
        }

        return count;
    }
}
