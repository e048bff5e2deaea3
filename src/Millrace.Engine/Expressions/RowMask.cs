using System.Numerics;
using System.Runtime.CompilerServices;
using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Which rows of a batch count: one bit per row, row i is bit i mod 64 of word i / 64. Bits from <see cref="Rows"/> on
/// are 0. Reusable; not thread-safe.
/// </summary>
public sealed class RowMask
{
    private ulong[] words = [];

    /// <summary>How many rows the batch has.</summary>
    public int Rows { get; private set; }

    /// <summary>The bits, in as many words as the rows need.</summary>
    public Span<ulong> Words => words.AsSpan(0, (Rows + 63) >> 6);

    /// <summary>Makes it a mask of that many rows, all of them active.</summary>
    public void SetAll(int rows)
    {
        Size(rows);
        Words.Fill(ulong.MaxValue);
        if ((rows & 63) != 0)
        {
            words[rows >> 6] = (1UL << rows) - 1;
        }
    }

    /// <summary>Makes it a mask of that many rows, none of them active.</summary>
    public void SetNone(int rows)
    {
        Size(rows);
        Words.Clear();
    }

    public void CopyFrom(RowMask other)
    {
        Size(other.Rows);
        other.Words.CopyTo(Words);
    }

    public bool this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (words[row >> 6] >> row & 1) != 0;
    }

    /// <summary>Leaves only rows that are active in the other mask too.</summary>
    public void KeepCommon(RowMask other)
    {
        Span<ulong> mine = Words;
        ReadOnlySpan<ulong> others = other.Words;
        for (int w = 0; w < mine.Length; w++)
        {
            mine[w] &= others[w];
        }
    }

    /// <summary>Leaves only rows for which a BOOLEAN column is TRUE: what WHERE, ON and FILTER keep.</summary>
    public void KeepTrue(ColumnVector condition)
    {
        Span<ulong> mine = Words;
        for (int w = 0; w < mine.Length; w++)
        {
            mine[w] &= BooleanWords.True(condition, w, Rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int row) => words[row >> 6] |= 1UL << row;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int row) => words[row >> 6] &= ~(1UL << row);

    /// <summary>How many rows are active.</summary>
    public int CountActive()
    {
        int count = 0;
        foreach (ulong word in Words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>
    /// Writes the active rows, ascending, and returns how many; the target must have room for all of them.
    /// </summary>
    public int CopyIndexesTo(Span<int> target)
    {
        int count = 0;
        ReadOnlySpan<ulong> all = Words;
        for (int w = 0; w < all.Length; w++)
        {
            for (ulong bits = all[w]; bits != 0; bits &= bits - 1)
            {
                target[count++] = (w << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return count;
    }

    private void Size(int rows)
    {
        int needed = (rows + 63) >> 6;
        if (words.Length < needed)
        {
            words = new ulong[Math.Max(needed, words.Length * 2)];
        }

        Rows = rows;
    }
}
