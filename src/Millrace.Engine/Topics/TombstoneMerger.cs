using Millrace.Data;
using Millrace.Engine.Flow;

namespace Millrace.Engine.Topics;

/// <summary>
/// Puts the deletions of a versioned topic between its rows, in order: rows of kind <see cref="RowKind.Delete"/>
/// whose key column comes from the record's key and whose other columns are NULL. Rare, so it copies the slice.
/// </summary>
internal sealed class TombstoneMerger
{
    private readonly int[] columns;
    private readonly int key;
    private readonly Batch merged;
    private readonly VectorAppender[] appenders;
    private readonly ColumnVector? keyValue;

    /// <param name="spec">The topic; versioned.</param>
    /// <param name="columns">The columns that are read.</param>
    public TombstoneMerger(TopicSpec spec, int[] columns)
    {
        this.columns = columns;
        key = spec.KeyColumn >= 0 ? spec.KeyColumn : spec.Versioning!.Key is [var only] ? only : -1;
        merged = new Batch(spec.Schema);
        appenders = [.. columns.Select(c => VectorAppender.Create(merged.Columns[c]))];
        keyValue = key < 0 ? null : ColumnVector.Create(spec.Schema.Columns[key].Type);
    }

    /// <summary>Merges the tombstones among records [from, to) into the slice, which holds the rows of the
    /// others.</summary>
    public void Merge(TopicRecords records, int from, int to, TopicSlice slice, Action<int> reportBadKey)
    {
        Batch rows = slice.Rows;
        int[] indexes = slice.RecordIndexes.AsSpan(0, rows.Count).ToArray();
        foreach (VectorAppender appender in appenders)
        {
            appender.Clear();
        }

        merged.Count = 0;
        merged.EnsurePositions(rows.Count + to - from);
        merged.UseKinds(rows.Count + to - from);
        slice.EnsureMarks(rows.Count + to - from);
        int row = 0;
        for (int record = from; record < to; record++)
        {
            for (; row < rows.Count && indexes[row] == record; row++)
            {
                Append(rows, row);
                Mark(slice, record, records, RowKind.Insert);
            }

            if (records.Lengths[record] < 0 && TryAppend(records, record, reportBadKey))
            {
                Mark(slice, record, records, RowKind.Delete);
            }
        }

        slice.Rows = merged;
    }

    private void Mark(TopicSlice slice, int record, TopicRecords records, RowKind kind)
    {
        int at = merged.Count++;
        merged.Positions[at] = records.Positions[record];
        merged.Kinds[at] = kind;
        slice.RecordIndexes[at] = record;
    }

    private void Append(Batch rows, int row)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            appenders[i].Append(rows.Columns[columns[i]], row);
        }
    }

    private bool TryAppend(TopicRecords records, int record, Action<int> reportBadKey)
    {
        keyValue?.Reset(1);
        (keyValue as BytesVector)?.BeginAppend();
        int length = records.KeyLengths[record];
        ReadOnlySpan<byte> bytes = records.Buffer.AsSpan(records.KeyStarts[record], Math.Max(0, length));
        if (keyValue is null || length < 0 || !RawKey.TryRead(bytes, keyValue, 0))
        {
            reportBadKey(record);
            return false;
        }

        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] == key)
            {
                appenders[i].Append(keyValue, 0);
            }
            else
            {
                appenders[i].AppendNull();
            }
        }

        return true;
    }
}
