using Millrace.Engine.Flow;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// Runs <see cref="WindowAggregate"/>. A round goes in three stages: each worker prepares its slice (windows,
/// lateness, keys); each worker adds the rows of all slices that belong to key groups it owns; the windows that the
/// round's watermark closes come out, by end, then by key bytes. Rows may all be added before any window closes:
/// lateness is judged by the watermark before each row, and a row that is not late never belongs to a window that an
/// earlier row has closed.
/// </summary>
internal sealed class WindowAggregateOperator
{
    private readonly WindowAggregateLane[] lanes;
    private readonly WindowAggregateOwner[] owners;
    private readonly WindowTimes times;
    private readonly WindowAggregate node;

    /// <param name="name">Its name within the model.</param>
    /// <param name="node">The aggregate.</param>
    /// <param name="needed">Which of its columns operators above read.</param>
    /// <param name="liveKey">The input column by which live rows are looked up, or -1.</param>
    /// <param name="zone">The session's time zone.</param>
    /// <param name="pipelineLanes">The workers' lanes.</param>
    /// <param name="runOwners">Runs an action for each worker's number, at once if it can.</param>
    public WindowAggregateOperator(
        string name,
        WindowAggregate node,
        bool[] needed,
        int liveKey,
        TimeZoneInfo zone,
        IReadOnlyList<Lane> pipelineLanes,
        Action<Action<int>> runOwners)
    {
        this.node = node;
        Needed = needed;
        times = new WindowTimes(node.Window, node.Inputs[0].Fields[node.TimeColumn].Type, zone);
        lanes = [.. pipelineLanes.Select(l => new WindowAggregateLane(node, times, l, pipelineLanes.Count))];
        owners = [.. pipelineLanes.Select(l => new WindowAggregateOwner(node, liveKey, l.Index))];
        HasLiveKey = liveKey >= 0;
        Closing = new WindowEmission(node, owners, times);
        State = new WindowAggregateState(name, this, owners, zone, runOwners);
    }

    public WindowAggregate Node => node;

    /// <summary>Its state, for snapshots.</summary>
    public IStatePart State { get; }

    public bool[] Needed { get; }

    /// <summary>Whether live rows can be looked up by key.</summary>
    public bool HasLiveKey { get; }

    /// <summary>The groups of the windows that the round has closed.</summary>
    public WindowEmission Closing { get; }

    /// <summary>Rows that came after their window had closed, in all.</summary>
    public long LateCount { get; set; }

    public long OpenWindows => OpenEnds().Count;

    public long OpenGroups => owners.Sum(o => o.GroupCount);

    public long StateBytes => owners.Sum(o => o.StateBytes);

    /// <summary>First stage, of each lane on its own.</summary>
    public void Prepare(int lane, FlowBatch input, TopicRows topic) => lanes[lane].Prepare(input, topic);

    /// <summary>Second stage, of each owner on its own, when all lanes are prepared.</summary>
    public void Update(int owner) => owners[owner].Update(lanes);

    /// <summary>Third stage: collects what the round has closed.</summary>
    /// <param name="topic">The round.</param>
    /// <param name="reader">Told now and then that it can be read: all groups are still live. Null for nothing.</param>
    /// <param name="readEvery">After so many groups.</param>
    public void Close(TopicRows topic, IStepOutput? reader, int readEvery)
    {
        long earliest = EarliestEnd();
        if (earliest == long.MaxValue || times.LastInstant(earliest) > topic.FinalWatermark)
        {
            return;
        }

        Pauses? pauses = reader is null ? null : new Pauses(readEvery, reader.Readable);
        foreach (long end in OpenEnds().TakeWhile(end => times.LastInstant(end) <= topic.FinalWatermark))
        {
            int closing = topic.FirstReaching(times.LastInstant(end));
            Closing.AddWindow(end, closing, topic.Positions[closing], pauses: pauses);
        }
    }

    /// <summary>Ends the round: forgets the windows that came out.</summary>
    public void EndRound()
    {
        foreach (WindowAggregateOwner owner in owners)
        {
            owner.Forget(Closing.Ends);
        }

        Closing.Clear();
        foreach (WindowAggregateLane lane in lanes)
        {
            lane.Clear();
        }
    }

    /// <summary>Puts the late rows of the round out, in order.</summary>
    public void WriteLate(ModelSpec model, TopicRows topic, IStepOutput output)
    {
        foreach (WindowAggregateLane lane in lanes)
        {
            LateCount += lane.Late.Count;
            lane.WriteLate(model, topic, output);
        }
    }

    /// <summary>
    /// The groups of a raw key, or of all keys, in open windows; of those that are closing, what has not been given
    /// out. Nothing is closed.
    /// </summary>
    public void CollectLive(WindowEmission target, byte[]? rawKey, long position)
    {
        foreach (long end in OpenEnds())
        {
            target.AddWindow(end, 0, position, rawKey, Closing.LastGiven(end));
        }
    }

    public WindowEmission NewEmission() => new(node, owners, times);

    /// <summary>The ends of the open windows.</summary>
    public SortedSet<long> OpenEnds()
    {
        SortedSet<long> ends = [];
        foreach (WindowAggregateOwner owner in owners)
        {
            ends.UnionWith(owner.OpenEnds);
        }

        return ends;
    }

    private long EarliestEnd()
    {
        long earliest = long.MaxValue;
        foreach (WindowAggregateOwner owner in owners)
        {
            earliest = Math.Min(earliest, owner.EarliestEnd);
        }

        return earliest;
    }
}
