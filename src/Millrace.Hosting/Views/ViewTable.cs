using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Millrace.Hosting.Views;

/// <summary>
/// Chosen columns of a model's rows as values: text and, where the text is a number, the number. Holds nothing but
/// these, so many rows cost little. Immutable. Rows are in the order of the query that it answers.
/// </summary>
public sealed class ViewTable
{
    private readonly byte[][] names;
    private readonly List<Cell> cells = [];
    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <param name="rows">The rows, as JSON; read once, and not kept.</param>
    /// <param name="columns">Names of columns, which need not exist: then all values are NULL.</param>
    internal ViewTable(IEnumerable<ReadOnlyMemory<byte>> rows, IReadOnlyList<string> columns)
    {
        names = [.. columns.Select(Encoding.UTF8.GetBytes)];
        foreach (ReadOnlyMemory<byte> row in rows)
        {
            Add(row.Span);
            Count++;
        }
    }

    public int Count { get; }

    /// <summary>
    /// A value as text (objects as JSON), or null for NULL. Columns by their place in the list given.
    /// </summary>
    public string? Text(int column, int row) =>
        CellOf(column, row) is { IsNull: false } cell ? Encoding.UTF8.GetString(Bytes(cell)) : null;

    /// <summary>A value as a number; NaN for NULL and what is no number.</summary>
    public double Number(int column, int row) =>
        CellOf(column, row) is { IsNull: false } cell
        && Utf8Parser.TryParse(Bytes(cell), out double number, out int used) && used == cell.Length
            ? number
            : double.NaN;

    private Cell CellOf(int column, int row) => cells[(row * names.Length) + column];

    private ReadOnlySpan<byte> Bytes(Cell cell) => bytes.WrittenSpan.Slice(cell.Start, cell.Length);

    // One way through the row, which ends when all columns are found.
    private void Add(ReadOnlySpan<byte> row)
    {
        int first = cells.Count;
        for (int i = 0; i < names.Length; i++)
        {
            cells.Add(Cell.Null);
        }

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
            cells[first + column] = value.IsNull ? Cell.Null : new Cell(bytes.WrittenCount, value.Bytes().Length);
            bytes.Write(value.IsNull ? default : value.Bytes());
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
