using Millrace.Data.Json;
using Millrace.Data;
using Millrace.Engine.Topics;
using Millrace.Hosting.Graph;
using Millrace.Projects;

namespace Millrace.Hosting.Bounded;

/// <summary>
/// Decodes of records only what a log would have kept beside them: the key and the timestamp. A record that cannot be
/// decoded has no key and timestamp 0; one whose timestamp is none is faulty.
/// </summary>
internal sealed class RecordStamps
{
    private readonly string? timestampColumn;
    private readonly int key;
    private readonly int timestamp;
    private readonly JsonRowDecoder decoder;
    private readonly Batch batch;
    private int[] rowOf = [];

    public RecordStamps(CompiledSource source, string? timestampColumn)
    {
        this.timestampColumn = timestampColumn;
        List<SchemaColumn> columns = [];
        key = timestamp = -1;
        if (source.KeyColumn is { } keyColumn)
        {
            key = columns.Count;
            SchemaColumn column = source.Schema.Columns[keyColumn];
            columns.Add(column with { Type = column.Type.Nullable() });
        }

        if (timestampColumn is not null)
        {
            timestamp = columns.FindIndex(c => c.Name == timestampColumn && c.Type.Kind == SqlTypeKind.TimestampLtz);
            if (timestamp < 0)
            {
                timestamp = columns.Count;
                columns.Add(new SchemaColumn(timestampColumn, SqlType.TimestampLtz(3)));
            }
        }

        decoder = new JsonRowDecoder(new Schema([.. columns]), EngineGraphBuilder.SourceJson);
        batch = new Batch(decoder.Schema);
    }

    /// <summary>Decodes records, given by where they lie in a buffer.</summary>
    public void Decode(byte[] buffer, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths)
    {
        decoder.Decode(buffer, starts, lengths, batch);
        if (rowOf.Length < starts.Length)
        {
            rowOf = new int[starts.Length];
        }

        rowOf.AsSpan().Fill(-1);
        for (int row = batch.Count - 1; row >= 0; row--)
        {
            rowOf[decoder.Records[row]] = row;
        }
    }

    /// <summary>The bytes of a record's key; false when it has none.</summary>
    public bool TryKey(int record, Span<byte> scratch, out ReadOnlySpan<byte> bytes)
    {
        int row = rowOf[record];
        bool hasKey = row >= 0 && key >= 0 && !batch.Columns[key].IsNull(row);
        bytes = hasKey ? RawKey.Of(batch.Columns[key], row, scratch) : default;
        return hasKey;
    }

    /// <summary>A record's timestamp, ms since the epoch; 0 without one.</summary>
    public long Timestamp(int record)
    {
        int row = rowOf[record];
        return row >= 0 && timestamp >= 0 && !batch.Columns[timestamp].IsNull(row)
            ? ((FixedVector<long>)batch.Columns[timestamp]).Values[row]
            : 0;
    }

    /// <summary>The records whose timestamp is there and is none.</summary>
    public IEnumerable<BadRecord> FaultyTimestamps() =>
        timestampColumn is null ? [] : decoder.Bad.Where(b => b.Column == timestampColumn);
}
