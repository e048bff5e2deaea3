using System.Runtime.InteropServices;
using Millrace.Data;
using Millrace.Data.Keys;
using Millrace.Engine.Flow;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// The part of a window aggregate that looks at each row for itself: its window, whether it is late, its key and who
/// owns it.
/// </summary>
internal sealed class WindowAggregateLane
{
    private readonly WindowAggregate node;
    private readonly WindowTimes times;
    private readonly Lane lane;
    private readonly KeyEncoder keys;
    private readonly List<int>[] owned;
    private long[] ends = [];
    private FlowBatch? input;

    public WindowAggregateLane(WindowAggregate node, WindowTimes times, Lane lane, int owners)
    {
        this.node = node;
        this.times = times;
        this.lane = lane;
        keys = new KeyEncoder([.. node.GroupKey]);
        owned = [.. Enumerable.Range(0, owners).Select(_ => new List<int>())];
    }

    /// <summary>The rows that were late, by number.</summary>
    public List<int> Late { get; } = [];

    /// <summary>The columns of the prepared rows.</summary>
    public Batch Rows => input!.Rows;

    /// <summary>Per row the wall end of its window.</summary>
    public ReadOnlySpan<long> Ends => ends;

    /// <summary>The key and hash of each row.</summary>
    public KeyEncoder Keys => keys;

    /// <summary>The rows, in order, that an owner adds.</summary>
    public ReadOnlySpan<int> OwnedBy(int owner) => CollectionsMarshal.AsSpan(owned[owner]);

    public void Clear()
    {
        input = null;
        Late.Clear();
        foreach (List<int> rows in owned)
        {
            rows.Clear();
        }
    }

    public void Prepare(FlowBatch flow, TopicRows topic)
    {
        input = flow;
        int count = flow.Count;
        if (ends.Length < count)
        {
            ends = new long[Math.Max(count, ends.Length * 2)];
        }

        FixedVector<long> time = (FixedVector<long>)flow.Rows.Columns[node.TimeColumn];
        times.AssignEnds(time, count, ends);
        keys.Encode(flow.Rows, 0, count);
        int[] kept = lane.Indexes(count);
        Share(kept.AsSpan(0, DropLate(flow, time, topic, kept)));
    }

    public void WriteLate(ModelSpec model, TopicRows topic, IStepOutput output)
    {
        foreach (int row in Late)
        {
            int number = input!.Events[row];
            output.Late(new LateRow
            {
                Model = model,
                Watermark = topic.Watermarks[number],
                WindowEnd = ends[row],
                Position = Rows.Positions[row],
                Value = input.IsTopicRow && topic.Find(number, out int at) is { } slice
                    ? slice.Original(at)
                    : RowText.Of(Rows, row),
            });
        }
    }

    private int DropLate(FlowBatch flow, FixedVector<long> time, TopicRows topic, int[] kept)
    {
        ReadOnlySpan<long> watermarks = topic.Watermarks;
        int[] events = flow.Events;
        long end = long.MinValue;
        long last = long.MinValue;
        int count = 0;
        for (int row = 0; row < flow.Count; row++)
        {
            if (time.IsNull(row))
            {
                lane.Report(flow, row, "NULL_EVENT_TIME", "the row has no event time, so no window can take it");
                continue;
            }

            if (ends[row] != end)
            {
                end = ends[row];
                last = times.LastInstant(end);
            }

            if (last <= watermarks[events[row]])
            {
                Late.Add(row);
            }
            else
            {
                kept[count++] = row;
            }
        }

        return count;
    }

    private void Share(ReadOnlySpan<int> rows)
    {
        if (owned.Length == 1)
        {
            owned[0].AddRange(rows);
            return;
        }

        ReadOnlySpan<ulong> hashes = keys.Hashes;
        foreach (int row in rows)
        {
            owned[KeyGroup.OwnerOf(hashes[row], owned.Length)].Add(row);
        }
    }
}
