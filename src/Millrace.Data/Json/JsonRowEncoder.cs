using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Data.Text;

namespace Millrace.Data.Json;

/// <summary>
/// Writes rows of a batch as JSON objects, byte for byte as Flink's <c>json</c> format does: columns in order,
/// compact, UTF-8. One encoder serves any number of batches of its schema. Not thread-safe.
/// </summary>
public sealed class JsonRowEncoder
{
    private readonly EncodeColumn[] columns;
    private readonly ShortTextField[] shortTexts;
    private readonly JsonEncodeOptions options;
    private readonly JsonValueWriter writer;
    private readonly EncodedFields fields;
    private readonly List<FieldRun> runs = [];
    private readonly List<int> failed = [];
    private JsonRowEncoder? other;
    private bool isTaking;
    private int[] places = [];

    public JsonRowEncoder(Schema schema, JsonEncodeOptions options)
    {
        foreach (SchemaColumn column in schema.Columns)
        {
            JsonFormat.RequireSupported(column.Type);
        }

        Schema = schema;
        this.options = options;
        columns = [.. schema.Columns.Select(c => new EncodeColumn(c.Name, c.Type))];
        shortTexts = [.. columns.Select(c => new ShortTextField(c, options.IgnoreNullFields))];
        writer = new JsonValueWriter(options);
        fields = new EncodedFields(columns.Length);
    }

    public Schema Schema { get; }

    /// <summary>
    /// The rows of the last call that could not be written (a NULL key in a MAP, mode FAIL); their text is empty.
    /// </summary>
    public IReadOnlyList<int> Failed => failed;

    /// <summary>
    /// Appends the records of rows [from, to). Row i's record is at <c>offsets[i - from]</c> and ends where the next
    /// begins.
    /// </summary>
    /// <param name="batch">The rows.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">The one behind the last.</param>
    /// <param name="output">What to append to.</param>
    /// <param name="offsets">Room for one more offset than rows.</param>
    /// <param name="before">
    /// An encoder whose last call was for as many rows of a batch that may share columns with this one, and whose
    /// output is still there: the fields of shared columns are taken from it.
    /// </param>
    public void Encode(
        Batch batch, int from, int to, ByteBuffer output, Span<int> offsets, JsonRowEncoder? before = null)
    {
        failed.Clear();
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c].Bind(batch.Columns[c]);
            shortTexts[c].Bind(batch.Columns[c], to);
        }

        FindRuns(before);
        fields.Begin(to - from);
        for (int row = from; row < to; row++)
        {
            if (row == from || row % ShortTextField.RowsAtOnce == 0)
            {
                TurnTo(row);
            }

            offsets[row - from] = output.Length;
            AppendRow(output, row, row - from);
            if (writer.HasFailed)
            {
                writer.HasFailed = false;
                failed.Add(row);
                output.Length = offsets[row - from];
            }
        }

        offsets[to - from] = output.Length;
        fields.End(output.Data);
    }

    private void TurnTo(int row)
    {
        foreach (ref ShortTextField field in shortTexts.AsSpan())
        {
            field.TurnTo(row);
        }
    }

    private void AppendRow(ByteBuffer output, int row, int number)
    {
        int start = output.Length;
        Span<int> noted = fields.Of(number);
        foreach (FieldRun run in CollectionsMarshal.AsSpan(runs))
        {
            if (run.TakenFrom >= 0)
            {
                Take(output, run, number, noted);
            }
            else
            {
                Write(output, run, row, noted);
            }
        }

        if (!noted.IsEmpty)
        {
            noted[^1] = output.Length;
        }

        JsonValueWriter.Enclose(output, start);
    }

    private void Write(ByteBuffer output, FieldRun run, int row, Span<int> noted)
    {
        for (int c = run.First; c < run.End; c++)
        {
            c = WriteShort(output, c, run.End, row, noted);
            if (c < run.End)
            {
                Note(noted, c, output.Length);
                writer.AppendField(output, columns[c], row);
            }
        }
    }

    // Returns the first column whose field is longer or has to be escaped, and was not written.
    private int WriteShort(ByteBuffer output, int first, int end, int row, Span<int> noted)
    {
        int start = output.Length;
        ref byte target = ref output.ReserveAt((end - first) * ShortTextField.Room);
        int at = 0;
        for (; first < end; first++)
        {
            int length = shortTexts[first].TryWrite(ref Unsafe.Add(ref target, at), row);
            if (length < 0)
            {
                break;
            }

            Note(noted, first, start + at);
            at += length;
        }

        output.Length = start + at;
        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(Span<int> noted, int column, int start)
    {
        if ((uint)column < (uint)noted.Length)
        {
            noted[column] = start;
        }
    }

    private void Take(ByteBuffer output, FieldRun run, int number, Span<int> noted)
    {
        ReadOnlySpan<int> taken = other!.fields.Of(number)[run.TakenFrom..];
        int count = run.End - run.First;
        int to = output.Length;
        output.AppendWide(other.fields.Bytes, taken[0], taken[count] - taken[0]);
        if (output.Length > to)
        {
            // There the brace may stand.
            output.Data[to] = (byte)',';
        }

        for (int c = 0; c < count && !noted.IsEmpty; c++)
        {
            noted[run.First + c] = taken[c] - taken[0] + to;
        }
    }

    // Cuts the columns into runs, the longest that can be taken at once.
    private void FindRuns(JsonRowEncoder? before)
    {
        runs.Clear();
        Meet(before);
        for (int c = 0; c < columns.Length;)
        {
            int first = c++;
            int taken = PlaceOf(first);
            while (c < columns.Length && PlaceOf(c) == (taken < 0 ? taken : taken + c - first))
            {
                c++;
            }

            runs.Add(new FieldRun(first, c, taken));
        }
    }

    private void Meet(JsonRowEncoder? before)
    {
        isTaking = before is not null && before.options == options && before.failed.Count == 0;
        if (isTaking && !ReferenceEquals(before, other))
        {
            other = before!;
            places = [.. Schema.Columns.Select(c => PlaceIn(other.Schema, c))];
        }
    }

    private static int PlaceIn(Schema schema, SchemaColumn column)
    {
        int place = schema.IndexOf(column.Name);
        return place >= 0 && schema.Columns[place].Type.IsSameTypeAs(column.Type) ? place : -1;
    }

    // The column of the other encoder whose fields are the same, or -1. The first time nothing is noted yet.
    private int PlaceOf(int column)
    {
        if (!isTaking || places[column] is not (>= 0 and var place))
        {
            return -1;
        }

        if (!ReferenceEquals(other!.columns[place].Vector, columns[column].Vector))
        {
            return -1;
        }

        other.fields.AreWanted = true;
        return other.fields.AreNoted ? place : -1;
    }
}
