using Millrace.Data;
using Millrace.Data.Keys;
using Millrace.Engine.Flow;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>The right side of <see cref="TemporalJoin"/>: adds rows to the store of versions, in order of
/// position.</summary>
/// <param name="node">The join.</param>
/// <param name="store">The store.</param>
/// <param name="isLatestOnly">Whether a row older than its key's latest one is no version.</param>
/// <param name="meetsNullKeys">Whether a row with a NULL in its key is a version.</param>
internal sealed class VersionWriter(TemporalJoin node, VersionStore store, bool isLatestOnly, bool meetsNullKeys)
{
    private readonly KeyEncoder keys = new([.. node.RightKey]);

    public VersionStore Store { get; } = store;

    /// <summary>How many rows were no version, because their key had had a later one.</summary>
    public long OutdatedCount { get; set; }

    /// <summary>Which rows are versions, in words.</summary>
    public string Describe() =>
        $"{(isLatestOnly ? "only later versions" : "all versions")}{(meetsNullKeys ? " with NULL keys" : "")}";

    /// <param name="input">The rows, with their kinds.</param>
    /// <param name="topic">The topic that they come from, for the timestamps of the records.</param>
    public void Write(FlowBatch input, TopicRows topic)
    {
        keys.Encode(input.Rows, 0, input.Count);
        for (int row = 0; row < input.Count; row++)
        {
            if (meetsNullKeys || !HasNullKey(input.Rows, row))
            {
                Write(input, row, topic);
            }
        }
    }

    private bool HasNullKey(Batch batch, int row)
    {
        foreach (int column in node.RightKey)
        {
            if (batch.Columns[column].IsNull(row))
            {
                return true;
            }
        }

        return false;
    }

    private void Write(FlowBatch input, int row, TopicRows topic)
    {
        Batch batch = input.Rows;
        RowKind kind = batch.IsInsertOnly ? RowKind.Insert : batch.Kinds[row];
        ulong hash = keys.Hashes[row];
        long position = batch.Positions[row];
        long time = TimeOf(input, row, topic);
        if (isLatestOnly && !Store.TryAdvance(hash, keys.Key(row), time, position))
        {
            OutdatedCount++;
            return;
        }

        if (kind is RowKind.UpdateBefore or RowKind.UpdateAfter)
        {
            Store.Retract(hash, keys.Key(row), position, batch, row);
        }

        if (kind != RowKind.UpdateBefore)
        {
            Store.Add(hash, keys.Key(row), time, position, kind == RowKind.Delete, batch, row);
        }
    }

    private long TimeOf(FlowBatch input, int row, TopicRows topic)
    {
        if (node.RightTime is { } column && !input.Rows.Columns[column].IsNull(row))
        {
            return ((FixedVector<long>)input.Rows.Columns[column]).Values[row];
        }

        return input.IsTopicRow
            ? topic.Find(input.Events[row], out int topicRow).Timestamps[topicRow]
            : input.Times![row];
    }
}
