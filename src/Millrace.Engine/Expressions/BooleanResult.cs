using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// A BOOLEAN column that a kernel owns and fills word by word; NULLs cost nothing until there is one.
/// </summary>
internal sealed class BooleanResult(SqlType type)
{
    private readonly FixedVector<byte> column = new(type);
    private int rows;

    public ColumnVector Column => column;

    /// <summary>One byte per row, 0 or 1, for those who fill rows one by one.</summary>
    public byte[] Values => column.Values;

    public void Begin(int count)
    {
        rows = count;
        column.Reset(count);
    }

    /// <summary>
    /// Writes the rows of a word: TRUE where <paramref name="values"/>, NULL where not <paramref name="known"/>.
    /// </summary>
    public void Write(int word, ulong values, ulong known)
    {
        int from = word << 6;
        BooleanWords.Unpack(values, column.Values.AsSpan(from, Math.Min(64, rows - from)));
        WriteKnown(word, known);
    }

    /// <summary>Writes which rows of a word are not NULL.</summary>
    public void WriteKnown(int word, ulong known)
    {
        known |= ~BooleanWords.Existing(rows, word);
        if (known != ulong.MaxValue && !column.HasNulls)
        {
            column.MakeNullable(rows);
        }

        if (column.HasNulls)
        {
            column.Validity[word] = known;
        }
    }
}
