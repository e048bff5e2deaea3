using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Millrace.Data.Time;

namespace Millrace.Data.Json;

/// <summary>
/// Decodes JSON records straight into the columns that are wanted of a schema, by the rules of Flink's <c>json</c>
/// format. Texts are slices of the very input buffer, unless a value of that column in the batch has escapes. What
/// the decoder made is good until its next call, and as long as the buffer is. Not thread-safe.
/// </summary>
/// <remarks>
/// A record that is no row never throws: it is left out of the batch and listed in <see cref="Bad"/>. A root array
/// yields a row per element. An empty record is no row. Only the first JSON value of a record counts.
/// </remarks>
public sealed unsafe partial class JsonRowDecoder
{
    private readonly JsonDecodeOptions options;
    private readonly DecodeColumn[] columns;
    private readonly DecodeColumn[] lists;
    private readonly ObjectShape shape;
    private readonly JsonValueReader reader;
    private readonly List<BadRecord> bad = [];
    private int[] records = [];
    private int rows;

    // How many rows the vectors have been made ready for.
    private int room;
    private DecodeColumn? failed;

    // Where the buffer ends.
    private byte* limit;

    /// <summary>A decoder for the given columns of a schema, which become the batch's columns in that order.</summary>
    public JsonRowDecoder(Schema schema, ReadOnlySpan<int> wanted, JsonDecodeOptions options)
    {
        if (options is { IgnoreParseErrors: true, FailOnMissingField: true })
        {
            throw new ArgumentException(
                "fail-on-missing-field and ignore-parse-errors must not both be true", nameof(options));
        }

        this.options = options;
        ImmutableArray<SchemaColumn>.Builder chosen = ImmutableArray.CreateBuilder<SchemaColumn>(wanted.Length);
        foreach (int column in wanted)
        {
            JsonFormat.RequireSupported(schema.Columns[column].Type);
            chosen.Add(schema.Columns[column]);
        }

        Schema = new Schema(chosen.ToImmutable());
        columns = [.. Schema.Columns.Select(
            c => new DecodeColumn(c.Name, c.Type, options.Timestamps, required: !c.Type.IsNullable))];
        lists = [.. columns.Where(c => c.Kind is DecodeKind.Array or DecodeKind.Map or DecodeKind.Row)];
        shape = DecodeShape.Build(columns, options.Paths);
        reader = new JsonValueReader(options);
    }

    /// <summary>A decoder for all columns of a schema.</summary>
    public JsonRowDecoder(Schema schema, JsonDecodeOptions options)
        : this(schema, [.. Enumerable.Range(0, schema.Count)], options)
    {
    }

    /// <summary>The wanted columns: the schema that batches must have.</summary>
    public Schema Schema { get; }

    /// <summary>The records of the last call that are no rows, in order.</summary>
    public IReadOnlyList<BadRecord> Bad => bad;

    /// <summary>Per row of the last call the index of its record.</summary>
    public ReadOnlySpan<int> Records => records.AsSpan(0, rows);

    /// <summary>The forms of timestamps that a column has had so far; only where they are read leniently.</summary>
    public TimestampForms TimestampForms(int column) => columns[column].Timestamps.Seen;

    /// <summary>
    /// Decodes records, given by where they lie in a buffer. The batch is reset and gets a row per good record.
    /// </summary>
    /// <param name="positions">Per record its position in the log, which its rows get; empty: positions are left
    /// undefined.</param>
    public void Decode(
        byte[] buffer,
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> lengths,
        Batch batch,
        ReadOnlySpan<long> positions = default)
    {
        batch.Reset(starts.Length);
        bad.Clear();
        rows = 0;
        room = starts.Length;
        EnsureRecords(room);
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c].Bind(batch.Columns[c]);
        }

        fixed (byte* data = buffer)
        {
            limit = data + buffer.Length;
            int abreast;
            for (int i = 0; i < starts.Length; i += Math.Max(abreast, 1))
            {
                abreast = TryAbreast(data, starts, lengths, i);
                if (abreast == 0)
                {
                    DecodeRecord(data, starts[i], lengths[i], i);
                }
            }
        }

        foreach (DecodeColumn column in columns)
        {
            column.Finish(buffer, rows);
        }

        batch.Count = rows;
        batch.EnsurePositions(rows);
        for (int i = 0; i < rows && !positions.IsEmpty; i++)
        {
            batch.Positions[i] = positions[records[i]];
        }
    }

    // Most records are ASCII, which is seen sooner.
    private static bool IsText(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes) || Utf8.IsValid(bytes);

    private void DecodeRecord(byte* data, int start, int length, int record)
    {
        if (length <= 0)
        {
            return;
        }

        JsonCursor c = NewCursor(data);
        c.At = data + start;
        c.End = data + start + length;
        c.CheckUtf8 = !IsText(new ReadOnlySpan<byte>(data + start, length));
        int before = rows;
        Mark();
        if (!c.CheckUtf8 && templates.Count > 0 && TryByTemplate(c, record))
        {
            return;
        }

        JsonFault fault = DecodeRoot(ref c, record);
        if (fault == JsonFault.None)
        {
            return;
        }

        Rollback(options.IgnoreParseErrors ? rows : before);
        bad.Add(JsonFaults.Describe(fault, record, failed, (int)(c.At - data) - start));
    }

    private JsonCursor NewCursor(byte* data) =>
        new() { Base = data, MaxDepth = options.MaxDepth, MaxDigits = options.MaxDigits };

    private bool TryByTemplate(in JsonCursor c, int record)
    {
        EnsureRows(1);
        if (!TryTemplates(c))
        {
            return false;
        }

        records[rows++] = record;
        return true;
    }

    private JsonFault DecodeRoot(ref JsonCursor c, int record)
    {
        failed = null;
        if (c.End - c.At >= 3 && *c.At == 0xEF && c.At[1] == 0xBB && c.At[2] == 0xBF)
        {
            c.At += 3;
        }

        c.SkipBlanks();
        switch (c.Next)
        {
            case (byte)'{':
                JsonCursor start = c;
                JsonFault fault = DecodeObject(ref c, record);
                if (fault == JsonFault.None)
                {
                    Learn(start);
                }

                return fault;
            case (byte)'[':
                return DecodeArray(ref c, record);
            default:
                return JsonFault.Syntax;
        }
    }

    private JsonFault DecodeObject(ref JsonCursor c, int record)
    {
        EnsureRows(1);
        JsonFault fault = reader.ReadObject(ref c, shape, rows, out failed);
        if (fault == JsonFault.None && options.FailOnMissingField && reader.ObjectEntries < shape.Count)
        {
            return JsonFault.Missing;
        }

        if (fault == JsonFault.None)
        {
            records[rows++] = record;
        }

        return fault;
    }

    private JsonFault DecodeArray(ref JsonCursor c, int record)
    {
        JsonFault fault = c.Enter();
        c.SkipBlanks();
        if (fault != JsonFault.None || c.TryTake((byte)']'))
        {
            return fault;
        }

        do
        {
            c.SkipBlanks();
            fault = c.Next == '{' ? DecodeObject(ref c, record) : JsonFault.Syntax;
            MarkAfter(fault);
            c.SkipBlanks();
        }
        while (fault == JsonFault.None && c.TryTake((byte)','));

        return fault == JsonFault.None && !c.TryTake((byte)']') ? JsonFault.Syntax : fault;
    }

    // What elements before a bad one left stays where errors are ignored.
    private void MarkAfter(JsonFault fault)
    {
        if (fault == JsonFault.None)
        {
            Mark();
        }
    }

    private void Mark()
    {
        foreach (DecodeColumn list in lists)
        {
            list.Mark();
        }
    }

    // Rows from there on, and what a record given up has left in the next one, are as if never written.
    private void Rollback(int toRow)
    {
        for (int row = toRow; row <= rows; row++)
        {
            foreach (DecodeColumn column in columns)
            {
                if (row < room)
                {
                    column.Rollback(row);
                }
            }
        }

        rows = toRow;
    }

    private void EnsureRows(int more)
    {
        if (rows + more <= room)
        {
            return;
        }

        room = Math.Max(rows + more, Math.Max(16, room * 2));
        EnsureRecords(room);
        foreach (DecodeColumn column in columns)
        {
            column.Grow(room);
        }
    }

    private void EnsureRecords(int count)
    {
        if (records.Length < count)
        {
            Array.Resize(ref records, Math.Max(count, records.Length * 2));
        }
    }
}
