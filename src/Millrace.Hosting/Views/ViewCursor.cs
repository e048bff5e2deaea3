using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Millrace.Hosting.Views;

/// <summary>
/// Goes through the rows of a query, in its order, and shows chosen columns of the row at which it stands: text and,
/// where the text is a number, the number. Keeps nothing of the rows behind it, so many cost little; holds the model's
/// memory until it is disposed. Not thread-safe.
/// </summary>
public sealed class ViewCursor : IDisposable
{
    private readonly byte[][] names;
    private readonly Cell[] cells;
    private readonly ArrayBufferWriter<byte> bytes = new();
    private readonly IEnumerator<ReadOnlyMemory<byte>> rows;
    private readonly IDisposable? lease;

    /// <param name="rows">The rows, as JSON.</param>
    /// <param name="columns">Names of columns, which need not exist: then all values are NULL.</param>
    /// <param name="lease">What holds the rows' memory, disposed with it; or null.</param>
    internal ViewCursor(
        IEnumerable<ReadOnlyMemory<byte>> rows, IReadOnlyList<string> columns, IDisposable? lease = null)
    {
        names = [.. columns.Select(Encoding.UTF8.GetBytes)];
        cells = new Cell[names.Length];
        this.rows = rows.GetEnumerator();
        this.lease = lease;
    }

    /// <summary>Goes to the next row, at first to the first; false when there is none.</summary>
    public bool MoveNext()
    {
        if (!rows.MoveNext())
        {
            return false;
        }

        Read(rows.Current.Span);
        return true;
    }

    /// <summary>Whether the row has no value in a column; columns by their place in the list given.</summary>
    public bool IsNull(int column) => cells[column].IsNull;

    /// <summary>A value's text in UTF-8 (objects as JSON), good until the next row; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) =>
        cells[column].IsNull ? default : bytes.WrittenSpan.Slice(cells[column].Start, cells[column].Length);

    /// <summary>A value as text, or null for NULL.</summary>
    public string? Text(int column) => IsNull(column) ? null : Encoding.UTF8.GetString(Bytes(column));

    /// <summary>A value as a number; NaN for NULL and what is no number.</summary>
    public double Number(int column) =>
        Utf8Parser.TryParse(Bytes(column), out double number, out int used) && used == cells[column].Length
            ? number
            : double.NaN;

    public void Dispose()
    {
        rows.Dispose();
        lease?.Dispose();
    }

    // One way through the row, which ends when all columns are found.
    private void Read(ReadOnlySpan<byte> row)
    {
        bytes.ResetWrittenCount();
        cells.AsSpan().Fill(Cell.Null);
        Utf8JsonReader reader = new(row);
        reader.Read();
        for (int left = names.Length; left > 0 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            int column = Wanted(ref reader);
            if (column < 0)
            {
                reader.Read();
                reader.Skip();
                continue;
            }

            RowValue value = RowValue.Next(ref reader, row);
            if (!value.IsNull)
            {
                ReadOnlySpan<byte> text = value.Bytes();
                cells[column] = new Cell(bytes.WrittenCount, text.Length);
                bytes.Write(text);
            }

            left--;
        }
    }

    private int Wanted(ref Utf8JsonReader reader)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (reader.ValueTextEquals(names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private readonly record struct Cell(int Start, int Length)
    {
        public static readonly Cell Null = new(0, -1);

        public bool IsNull => Length < 0;
    }
}
