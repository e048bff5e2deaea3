using Millrace.Data;
using Millrace.Data.Keys;
using Millrace.Engine.Flow;
using Millrace.Engine.State;

namespace Millrace.Engine.Topics;

/// <summary>
/// Drops a source's rows that repeat another one, as its <see cref="DedupRule"/> says: after they have been decoded and
/// before anybody counts them. Deletions and rows without a key pass.
/// </summary>
internal sealed class DuplicateFilter
{
    private const int PrefetchDistance = 16;

    private readonly DedupRule rule;
    private readonly int[] columns;
    private readonly SeenKeys seen = new();
    private readonly SeenKeysState state;
    private readonly KeyEncoder[] keys;
    private readonly Batch[] selected;
    private int[] kept = [];

    /// <param name="spec">The source; it has a rule.</param>
    /// <param name="needed">Which of its columns are decoded.</param>
    /// <param name="lanes">How many workers there are.</param>
    public DuplicateFilter(TopicSpec spec, bool[] needed, int lanes)
    {
        rule = spec.Dedup!;
        columns = [.. Enumerable.Range(0, needed.Length).Where(c => needed[c])];
        SchemaColumn key = spec.Schema.Columns[rule.KeyColumn];
        state = new SeenKeysState(seen, $"{key.Name} {key.Type.Nullable()}");
        keys = [.. Enumerable.Range(0, lanes).Select(_ => new KeyEncoder([rule.KeyColumn]))];
        selected = [.. Enumerable.Range(0, lanes).Select(_ => new Batch(spec.Schema))];
    }

    /// <summary>Its state, for snapshots.</summary>
    public IStatePart State => state;

    /// <summary>Makes the keys of a lane's rows. Each lane for itself.</summary>
    public void Prepare(int lane, TopicSlice slice) => keys[lane].Encode(slice.Rows, 0, slice.Rows.Count);

    /// <summary>Drops the repeated ones among the rows of records [from, to), which lie in the slices in order; returns
    /// how many.</summary>
    public int Drop(TopicRecords records, int from, int to, TopicSlice[] slices)
    {
        int dropped = 0;
        int record = from;
        for (int lane = 0; lane < slices.Length; lane++)
        {
            dropped += Drop(records, ref record, lane, slices[lane]);
        }

        Pass(records, ref record, to);
        seen.Forget(Before(state.LogTime), state.Limit);
        return dropped;
    }

    private int Drop(TopicRecords records, ref int record, int lane, TopicSlice slice)
    {
        Batch rows = slice.Rows;
        ReadOnlySpan<ulong> hashes = keys[lane].Hashes;
        ColumnVector column = rows.Columns[rule.KeyColumn];
        kept = kept.Length < rows.Count ? new int[rows.Count * 2] : kept;
        int count = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            if (row + PrefetchDistance < rows.Count)
            {
                seen.Prefetch(hashes[row + PrefetchDistance]);
            }

            Pass(records, ref record, slice.RecordIndexes[row] + 1);
            kept[count] = row;
            bool isRow = rows.IsInsertOnly || rows.Kinds[row] == RowKind.Insert;
            bool repeats = isRow && !column.IsNull(row)
                && !seen.TryAdd(hashes[row], keys[lane].Key(row), state.LogTime, Before(state.LogTime));
            count += repeats ? 0 : 1;
        }

        if (count < rows.Count)
        {
            Select(slice, kept.AsSpan(0, count), selected[lane]);
        }

        return rows.Count - count;
    }

    // What was seen then or earlier is out of the window.
    private long Before(long now) => now < long.MinValue + rule.WindowMs ? long.MinValue : now - rule.WindowMs;

    private void Pass(TopicRecords records, ref int record, int to)
    {
        for (; record < to; record++)
        {
            state.LogTime = Math.Max(state.LogTime, records.Timestamps[record]);
        }
    }

    private void Select(TopicSlice slice, ReadOnlySpan<int> rows, Batch target)
    {
        Batch source = slice.Rows;
        target.Count = rows.Length;
        target.EnsurePositions(rows.Length);
        target.IsInsertOnly = source.IsInsertOnly;
        if (!source.IsInsertOnly)
        {
            target.UseKinds(rows.Length);
        }

        foreach (int column in columns)
        {
            VectorGather.Gather(source.Columns[column], rows, target.Columns[column]);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            target.Positions[i] = source.Positions[row];
            slice.RecordIndexes[i] = slice.RecordIndexes[row];
            slice.Partitions[i] = slice.Partitions[row];
            slice.Timestamps[i] = slice.Timestamps[row];
            if (!source.IsInsertOnly)
            {
                target.Kinds[i] = source.Kinds[row];
            }
        }

        slice.Rows = target;
    }
}
