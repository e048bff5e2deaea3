using System.Globalization;
using Millrace.Data;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>A window aggregate's state in snapshots: what is small in the head, the owners' groups in
/// blocks.</summary>
internal sealed class WindowAggregateState : IStatePart
{
    private const int MostExpected = 1 << 20;

    private readonly WindowAggregateOperator window;
    private readonly IReadOnlyList<WindowAggregateOwner> owners;
    private readonly WindowGroupLoader[] loaders;
    private readonly Action<Action<int>> runOwners;
    private readonly Action<int> load;
    private readonly Action<int> loadShared;
    private readonly Dictionary<long, int> expected = [];
    private long[] ends = [];
    private int count;
    private int from;
    private int kind;
    private byte[] contents = [];
    private int length;

    /// <param name="name">The operator's name within the model.</param>
    /// <param name="window">The operator.</param>
    /// <param name="owners">Its owners.</param>
    /// <param name="zone">The session's time zone.</param>
    /// <param name="runOwners">Runs an action for each owner's number, at once if it can.</param>
    public WindowAggregateState(
        string name,
        WindowAggregateOperator window,
        IReadOnlyList<WindowAggregateOwner> owners,
        TimeZoneInfo zone,
        Action<Action<int>> runOwners)
    {
        Name = name;
        this.window = window;
        this.owners = owners;
        Signature = Describe(window.Node, zone);
        loaders = [.. owners.Select((o, i) => new WindowGroupLoader(o, i, owners.Count))];
        this.runOwners = runOwners;
        load = owner => loaders[owner].Load(contents.AsSpan(0, length), ends.AsSpan(0, count), from);
        loadShared = owner => loaders[owner].LoadShared(contents.AsSpan(0, length), from, kind);
    }

    public string Name { get; }

    public int FormatVersion => 3;

    public string Signature { get; }

    public long Left => owners.Sum(o => o.LeftInSnapshot);

    public OperatorStatistics Count() => new(Name, "WindowAggregate", window.OpenGroups, window.StateBytes);

    public void Begin(int number, bool isFull, SnapshotWriter head)
    {
        SortedSet<long> open = window.OpenEnds();
        head.Unsigned((ulong)window.LateCount);
        head.Count(open.Count);
        foreach (long end in open)
        {
            head.Signed(end);
            head.Count(owners.Sum(o => o.Find(end)?.Count ?? 0));
        }

        foreach (WindowAggregateOwner owner in owners)
        {
            owner.BeginSnapshot(number, isFull);
        }
    }

    public void Rehearse()
    {
        foreach (WindowAggregateOwner owner in owners)
        {
            owner.RehearseSnapshot();
        }
    }

    public int Drain(int maxBytes, ISnapshotSink sink)
    {
        int given = 0;
        foreach (WindowAggregateOwner owner in owners)
        {
            given += owner.DrainSnapshot(Math.Max(0, maxBytes - given), sink);
        }

        return given;
    }

    public int AdvanceShared(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = 0;
        isDone = true;
        foreach (WindowAggregateOwner owner in owners)
        {
            written += owner.AdvanceShared(Math.Max(0, maxBytes - written), sink, out bool isOwnerDone);
            isDone &= isOwnerDone;
        }

        return written;
    }

    public int Advance(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = 0;
        isDone = true;
        foreach (WindowAggregateOwner owner in owners)
        {
            written += owner.AdvanceSnapshot(Math.Max(0, maxBytes - written), sink, out bool isOwnerDone);
            isDone &= isOwnerDone;
        }

        return written;
    }

    public void End()
    {
        foreach (WindowAggregateOwner owner in owners)
        {
            owner.EndSnapshot();
        }
    }

    public string? WhyNot(SnapshotReader head) => null;

    public void LoadHead(SnapshotReader head)
    {
        foreach (WindowGroupLoader loader in loaders)
        {
            loader.EndSnapshot();
        }

        expected.Clear();
        window.LateCount = (long)head.Unsigned();
        for (int left = head.Count(leastBytes: 2); left > 0; left--)
        {
            expected[head.Signed()] = head.Count(leastBytes: 0);
        }

        List<long> closed = [.. window.OpenEnds().Where(end => !expected.ContainsKey(end))];
        foreach (WindowAggregateOwner owner in owners)
        {
            owner.Forget(closed, mostReleased: int.MaxValue);
        }

        ExpectGroups();
    }

    public void Load(SnapshotReader block)
    {
        from = block.Count(leastBytes: 0);
        kind = block.Count(leastBytes: 0);
        if (kind == WindowGroupSaver.Groups)
        {
            LoadEnds(ref block);
        }

        length = block.Remaining;
        GroupArray.Ensure(ref contents, length);
        block.Rest.CopyTo(contents);
        runOwners(kind == WindowGroupSaver.Groups ? load : loadShared);
    }

    public void FinishLoad()
    {
        foreach (WindowGroupLoader loader in loaders)
        {
            loader.EndChain();
        }

        foreach ((long end, int groups) in expected)
        {
            int found = owners.Sum(o => o.Find(end)?.Count ?? 0);
            if (found != groups)
            {
                throw new SnapshotDamagedException(
                    $"{Name} had {groups} groups in the window that ends at {end}, {found} were found");
            }
        }

        foreach (WindowAggregateOwner owner in owners)
        {
            owner.SettleSnapshot();
        }
    }

    // About as many as there will be: so tables need not grow while they are filled.
    private void ExpectGroups()
    {
        foreach ((long end, int groups) in expected)
        {
            int more = Math.Min(MostExpected, groups) - owners.Sum(o => o.Find(end)?.Count ?? 0);
            foreach (WindowAggregateOwner owner in owners)
            {
                owner.ExpectGroups(end, Math.Max(0, more / owners.Count));
            }
        }
    }

    private void LoadEnds(ref SnapshotReader block)
    {
        count = block.Count(leastBytes: 2);
        GroupArray.Ensure(ref ends, count);
        long end = 0;
        for (int i = 0; i < count; i++)
        {
            end += block.Signed();
            ends[i] = expected.ContainsKey(end)
                ? end
                : throw new SnapshotDamagedException($"{Name} has no window that ends at {end}");
        }
    }

    private static string Describe(WindowAggregate node, TimeZoneInfo zone)
    {
        SqlType time = node.Inputs[0].Fields[node.TimeColumn].Type.Nullable();
        string at = time.Kind == SqlTypeKind.TimestampLtz ? $"{time} in {zone.Id}" : time.ToString();
        string reduced = AverageReduction.Applies(node.Aggregates) ? " reduced" : "";
        IEnumerable<string> keys = node.GroupKey.Select(k => node.Inputs[0].Fields[k].Type.Nullable().ToString());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{node.Window} over {at} by [{string.Join(", ", keys)}]{reduced} of "
                + $"[{string.Join(", ", node.Aggregates.Select(a => Describe(a, node.Inputs[0])))}]");
    }

    private static string Describe(AggregateCall call, PlanNode input)
    {
        string argument = call.Argument is { } column ? input.Fields[column.Index].Type.Nullable().ToString() : "*";
        string distinct = call.IsDistinct ? "DISTINCT " : "";
        string filter = call.Filter is null ? "" : " FILTER";
        return $"{call.Function.Name}({distinct}{argument}){filter} {call.Type.Nullable()}";
    }
}
