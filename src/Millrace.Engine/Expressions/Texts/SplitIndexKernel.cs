using Millrace.Data;

namespace Millrace.Engine.Expressions.Texts;

/// <summary>
/// SPLIT_INDEX(text, separator, n): the n-th piece, from 0, of a text cut at every separator. NULL when there is no
/// such piece, and for an empty text; an empty separator does not cut. The result is a slice of the text.
/// </summary>
internal sealed class SplitIndexKernel(Kernel text, Kernel separator, Kernel index, SqlType type) : Kernel(type)
{
    private readonly BytesVector result = new(type);

    public override bool CanFail => text.CanFail || separator.CanFail || index.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        BytesVector texts = (BytesVector)text.Evaluate(input, active, failures);
        BytesVector separators = (BytesVector)separator.Evaluate(input, active, failures);
        FixedVector<int> indexes = (FixedVector<int>)index.Evaluate(input, active, failures);
        result.Reset(input.Count);
        result.Data = texts.Data;
        for (int row = 0; row < input.Count; row++)
        {
            (int at, int bytes) = (0, 0);
            bool isNull = texts.IsNull(row) || separators.IsNull(row) || indexes.IsNull(row)
                || !TryFind(texts.Slice(row), separators.Slice(row), indexes.Values[row], out at, out bytes);
            if (isNull)
            {
                result.SetNull(row);
            }

            result.Set(row, isNull ? 0 : texts.Starts[row] + at, isNull ? 0 : bytes);
        }

        return result;
    }

    private static bool TryFind(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, int index, out int at, out int bytes)
    {
        (at, bytes) = (0, text.Length);
        if (text.IsEmpty || index < 0)
        {
            return false;
        }

        if (separator.IsEmpty)
        {
            return index == 0;
        }

        while (true)
        {
            int next = text[at..].IndexOf(separator);
            bytes = next < 0 ? text.Length - at : next;
            if (index == 0)
            {
                return true;
            }

            if (next < 0)
            {
                return false;
            }

            at += next + separator.Length;
            index--;
        }
    }
}
