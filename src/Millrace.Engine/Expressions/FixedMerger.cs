using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>Merges columns of fixed width.</summary>
internal sealed class FixedMerger<T>(FixedVector<T> result) : RowMerger
    where T : unmanaged
{
    public override ColumnVector Merge(List<Choice> choices, int rows)
    {
        result.Reset(rows);
        Span<T> target = result.Values.AsSpan(0, rows);
        ((FixedVector<T>)choices[^1].Source).Values.AsSpan(0, rows).CopyTo(target);
        for (int c = 0; c < choices.Count - 1; c++)
        {
            CopyRows<T>(((FixedVector<T>)choices[c].Source).Values.AsSpan(0, rows), choices[c].Rows, target);
        }

        MergeNulls(choices, result, rows);
        return result;
    }
}
