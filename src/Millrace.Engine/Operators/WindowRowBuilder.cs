using Millrace.Data;
using Millrace.Data.Keys;
using Millrace.Engine.Flow;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// Turns groups of windows into rows of the aggregate's schema: keys, aggregates, window properties. One per lane;
/// what it built is good until it begins again.
/// </summary>
internal sealed class WindowRowBuilder
{
    private readonly WindowAggregate node;
    private readonly bool[] needed;
    private readonly IReadOnlyList<WindowAggregateOwner> owners;
    private readonly WindowTimes times;
    private readonly FlowBatch output;
    private byte[] keys = [];
    private int used;
    private int[] keyStarts = [];
    private int[] slots = [];
    private int[] rows = [];

    public WindowRowBuilder(
        WindowAggregate node, bool[] needed, IReadOnlyList<WindowAggregateOwner> owners, WindowTimes times)
    {
        this.node = node;
        this.needed = needed;
        this.owners = owners;
        this.times = times;
        output = new FlowBatch(node.Schema);
    }

    /// <summary>Starts a batch of that many rows.</summary>
    public void Begin(int count)
    {
        output.Rows.Reset(count);
        output.UseOwn(count, withTimes: true);
        foreach (ColumnVector column in output.Rows.Columns)
        {
            BeginAppend(column);
        }

        used = 0;
        if (keyStarts.Length <= count)
        {
            int size = Math.Max(count + 1, keyStarts.Length * 2);
            (keyStarts, slots, rows) = (new int[size], new int[size], new int[size]);
        }
    }

    /// <summary>Takes the groups of one window as the rows from <paramref name="first"/> on, in order.</summary>
    public void AddWindow(ReadOnlySpan<GroupReference> groups, int first, long end, int closing, long position)
    {
        long last = times.LastInstant(end);
        for (int i = 0; i < groups.Length; i++)
        {
            int row = first + i;
            AddKey(owners[groups[i].Owner].Find(end)!.Keys.Key(groups[i].Group), row);
            output.Rows.Positions[row] = position;
            output.Events[row] = closing;
            output.Times![row] = last;
        }

        for (int p = 0; p < node.Properties.Count; p++)
        {
            long value = node.Properties[p] switch
            {
                WindowProperty.Start => times.StartOf(end),
                WindowProperty.End => end,
                _ => last,
            };
            int column = node.GroupKey.Count + node.Aggregates.Count + p;
            ((FixedVector<long>)output.Rows.Columns[column]).Values.AsSpan(first, groups.Length).Fill(value);
        }
    }

    /// <summary>Ends the batch: fills keys and aggregates of all rows.</summary>
    public FlowBatch Finish(ReadOnlySpan<GroupReference> groups)
    {
        keyStarts[groups.Length] = used;
        Span<ColumnVector> keyColumns = output.Rows.Columns.AsSpan(0, node.GroupKey.Count);
        for (int row = 0; row < groups.Length && keyColumns.Length > 0; row++)
        {
            KeyDecoder.Decode(keys, keyStarts[row], keyStarts[row + 1] - keyStarts[row], keyColumns, row);
        }

        for (int owner = 0; owner < owners.Count; owner++)
        {
            Emit(groups, owner);
        }

        return output;
    }

    private void Emit(ReadOnlySpan<GroupReference> groups, int owner)
    {
        int count = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            slots[count] = groups[row].Slot;
            rows[count] = row;
            count += groups[row].Owner == owner ? 1 : 0;
        }

        for (int a = 0; a < node.Aggregates.Count && count > 0; a++)
        {
            int column = node.GroupKey.Count + a;
            if (needed[column])
            {
                ColumnVector target = output.Rows.Columns[column];
                owners[owner].Accumulators[a].Emit(slots.AsSpan(0, count), target, rows.AsSpan(0, count));
            }
        }
    }

    private void AddKey(ReadOnlySpan<byte> key, int row)
    {
        if (keys.Length - used < key.Length)
        {
            Array.Resize(ref keys, Math.Max(used + key.Length, Math.Max(1024, keys.Length * 2)));
        }

        key.CopyTo(keys.AsSpan(used));
        keyStarts[row] = used;
        used += key.Length;
    }

    private static void BeginAppend(ColumnVector column)
    {
        switch (column)
        {
            case BytesVector bytes:
                bytes.BeginAppend();
                break;
            case ListVector list:
                BeginAppend(list.Elements);
                if (list.Values is not null)
                {
                    BeginAppend(list.Values);
                }

                break;
            case RowVector row:
                foreach (ColumnVector field in row.Fields)
                {
                    BeginAppend(field);
                }

                break;
        }
    }
}
