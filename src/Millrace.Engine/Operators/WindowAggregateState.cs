using System.Globalization;
using Millrace.Data;
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
    private readonly Dictionary<long, int> expected = [];
    private IReadOnlyList<ReadOnlyMemory<byte>> loaded = [];
    private bool hasSameOwners;

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
        loaders = [.. owners.Select((o, i) => new WindowGroupLoader(name, o, i, owners.Count, expected))];
        this.runOwners = runOwners;
        load = owner => loaders[owner].Load(loaded, hasSameOwners);
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

        head.Count(owners.Count);
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
        for (int o = 0; o < owners.Count; o++)
        {
            written += owners[o].AdvanceShared(Share(maxBytes - written, o), sink, out bool isOwnerDone);
            isDone &= isOwnerDone;
        }

        return written;
    }

    public int Advance(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = 0;
        isDone = true;
        for (int o = 0; o < owners.Count; o++)
        {
            written += owners[o].AdvanceSnapshot(Share(maxBytes - written, o), sink, out bool isOwnerDone);
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

        // Older snapshots do not say it.
        hasSameOwners = head.Remaining > 0 && head.Count(leastBytes: 0) == owners.Count;
        List<long> closed = [.. window.OpenEnds().Where(end => !expected.ContainsKey(end))];
        foreach (WindowAggregateOwner owner in owners)
        {
            owner.Forget(closed, mostReleased: int.MaxValue);
        }

        ExpectGroups();
    }

    public void Load(IReadOnlyList<ReadOnlyMemory<byte>> blocks)
    {
        loaded = blocks;
        runOwners(load);
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

    // Owners take turns, so that whoever loads finds something for each of them everywhere.
    private int Share(int bytes, int owner) =>
        (Math.Max(0, bytes) + owners.Count - owner - 1) / (owners.Count - owner);

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
