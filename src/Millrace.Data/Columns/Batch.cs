namespace Millrace.Data;

/// <summary>
/// Rows in columns: what flows between operators. Rows are in order of <see cref="Positions"/>, the places in the
/// process's append order of the source records that caused them (not strictly ascending: one record may cause several
/// rows). A batch belongs to the operator that made it and is good until that operator's next step. Not thread-safe
/// while being filled; read by any thread after.
/// </summary>
public sealed class Batch
{
    private long[] positions = [];
    private RowKind[] kinds = [];

    public Batch(Schema schema)
        : this(schema, [.. schema.Columns.Select(c => ColumnVector.Create(c.Type))])
    {
    }

    /// <summary>A batch over columns that exist, which it then shares.</summary>
    public Batch(Schema schema, ColumnVector[] columns)
    {
        Schema = schema;
        Columns = columns;
    }

    public Schema Schema { get; }

    /// <summary>The columns, one per schema column; an entry may be replaced by who fills the batch.</summary>
    public ColumnVector[] Columns { get; }

    public int Count { get; set; }

    /// <summary>Per row the position of the source record that caused it.</summary>
    public long[] Positions
    {
        get => positions;
        set => positions = value;
    }

    /// <summary>Whether all rows are inserts; then <see cref="Kinds"/> is not looked at.</summary>
    public bool IsInsertOnly { get; set; } = true;

    /// <summary>Per row what it says; meaningful only when not <see cref="IsInsertOnly"/>.</summary>
    public RowKind[] Kinds => kinds;

    /// <summary>Makes room for that many rows in positions and all columns, all values not NULL and undefined; count is
    /// set.</summary>
    public void Reset(int rows)
    {
        Count = rows;
        IsInsertOnly = true;
        EnsurePositions(rows);
        foreach (ColumnVector column in Columns)
        {
            column.Reset(rows);
        }
    }

    public void EnsurePositions(int rows)
    {
        if (positions.Length < rows)
        {
            Array.Resize(ref positions, Math.Max(rows, positions.Length * 2));
        }
    }

    /// <summary>Makes room for the kinds and declares that they count.</summary>
    public void UseKinds(int rows)
    {
        IsInsertOnly = false;
        if (kinds.Length < rows)
        {
            Array.Resize(ref kinds, Math.Max(rows, kinds.Length * 2));
        }
    }
}
