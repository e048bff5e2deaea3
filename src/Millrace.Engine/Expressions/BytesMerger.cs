using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Merges texts and byte strings. Columns that share a buffer give slices of it; only when buffers differ are bytes
/// copied, those of a constant once.
/// </summary>
internal sealed class BytesMerger(BytesVector result) : RowMerger
{
    public override ColumnVector Merge(List<Choice> choices, int rows)
    {
        result.Reset(rows);
        if (ShareBuffer(choices))
        {
            MergeSlices(choices, rows);
        }
        else
        {
            CopyBytes(choices);
        }

        MergeNulls(choices, result, rows);
        return result;
    }

    private static bool ShareBuffer(List<Choice> choices)
    {
        byte[] first = ((BytesVector)choices[0].Source).Data;
        foreach (Choice choice in choices)
        {
            if (((BytesVector)choice.Source).Data != first)
            {
                return false;
            }
        }

        return true;
    }

    private void MergeSlices(List<Choice> choices, int rows)
    {
        BytesVector last = (BytesVector)choices[^1].Source;
        result.Data = last.Data;
        last.Starts.AsSpan(0, rows).CopyTo(result.Starts);
        last.Lengths.AsSpan(0, rows).CopyTo(result.Lengths);
        for (int c = 0; c < choices.Count - 1; c++)
        {
            BytesVector source = (BytesVector)choices[c].Source;
            CopyRows<int>(source.Starts.AsSpan(0, rows), choices[c].Rows, result.Starts);
            CopyRows<int>(source.Lengths.AsSpan(0, rows), choices[c].Rows, result.Lengths);
        }
    }

    private void CopyBytes(List<Choice> choices)
    {
        result.BeginAppend();
        foreach (Choice choice in choices)
        {
            BytesVector source = (BytesVector)choice.Source;
            int first = -1;
            ReadOnlySpan<ulong> words = choice.Rows.Words;
            for (int w = 0; w < words.Length; w++)
            {
                for (ulong bits = words[w]; bits != 0;)
                {
                    int row = (w << 6) + BooleanWords.Next(ref bits);
                    if (first >= 0 && choice.IsConstant)
                    {
                        result.Set(row, result.Starts[first], result.Lengths[first]);
                        continue;
                    }

                    result.Append(row, source.IsNull(row) ? default : source.Slice(row));
                    first = row;
                }
            }
        }
    }
}
