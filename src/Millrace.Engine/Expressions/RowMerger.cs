using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>Rows that a result takes from one column.</summary>
/// <param name="Source">The column.</param>
/// <param name="Rows">Which rows; those of all choices are disjoint.</param>
/// <param name="IsConstant">Whether all rows of the column hold the same value.</param>
internal readonly record struct Choice(ColumnVector Source, RowMask Rows, bool IsConstant);

/// <summary>
/// Puts one column together from rows of several: what CASE and COALESCE have in common. Owns its result. The last
/// choice is copied whole and the others over it, so that the commonest shape (one rare branch, ELSE) is a block copy
/// and a few rows.
/// </summary>
internal abstract class RowMerger
{
    public static RowMerger Create(SqlType type) => ColumnVector.Create(type) switch
    {
        FixedVector<byte> result => new FixedMerger<byte>(result),
        FixedVector<int> result => new FixedMerger<int>(result),
        FixedVector<long> result => new FixedMerger<long>(result),
        FixedVector<float> result => new FixedMerger<float>(result),
        FixedVector<double> result => new FixedMerger<double>(result),
        FixedVector<Int128> result => new FixedMerger<Int128>(result),
        BytesVector result => new BytesMerger(result),
        ColumnVector result => new NestedMerger(result),
    };

    /// <summary>The column of rows 0 to <paramref name="rows"/>; every row belongs to one choice.</summary>
    public abstract ColumnVector Merge(List<Choice> choices, int rows);

    protected static void MergeNulls(List<Choice> choices, ColumnVector result, int rows)
    {
        foreach (Choice choice in choices)
        {
            if (!choice.Source.HasNulls)
            {
                continue;
            }

            ReadOnlySpan<ulong> taken = choice.Rows.Words;
            for (int w = 0; w < taken.Length; w++)
            {
                ulong nulls = taken[w] & ~BooleanWords.Known(choice.Source, w);
                if (nulls != 0 && !result.HasNulls)
                {
                    result.MakeNullable(rows);
                }

                if (nulls != 0)
                {
                    result.Validity[w] &= ~nulls;
                }
            }
        }
    }

    protected static void CopyRows<T>(ReadOnlySpan<T> source, RowMask rows, Span<T> target)
    {
        ReadOnlySpan<ulong> words = rows.Words;
        for (int w = 0; w < words.Length; w++)
        {
            if (words[w] == ulong.MaxValue)
            {
                source.Slice(w << 6, 64).CopyTo(target[(w << 6)..]);
                continue;
            }

            for (ulong bits = words[w]; bits != 0;)
            {
                int row = (w << 6) + BooleanWords.Next(ref bits);
                target[row] = source[row];
            }
        }
    }
}
