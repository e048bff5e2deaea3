using Millrace.Data;
using Millrace.Engine.Expressions.Casts;

namespace Millrace.Engine.Expressions.Texts;

/// <summary>
/// SUBSTRING, by code points: from a place that counts from 1 (0 is 1, negative counts from the end, before the start
/// gives ''), so many or to the end. A negative length gives NULL. The result is a slice of the text: nothing is
/// copied.
/// </summary>
internal sealed class SubstringKernel(Kernel text, Kernel start, Kernel? length, SqlType type) : Kernel(type)
{
    private readonly BytesVector result = new(type);

    public override bool CanFail => text.CanFail || start.CanFail || length is { CanFail: true };

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        BytesVector texts = (BytesVector)text.Evaluate(input, active, failures);
        FixedVector<int> starts = (FixedVector<int>)start.Evaluate(input, active, failures);
        FixedVector<int>? lengths = (FixedVector<int>?)length?.Evaluate(input, active, failures);
        result.Reset(input.Count);
        result.Data = texts.Data;
        for (int row = 0; row < input.Count; row++)
        {
            bool isNull = texts.IsNull(row) || starts.IsNull(row) || lengths?.IsNull(row) == true
                || lengths?.Values[row] < 0;
            if (isNull)
            {
                result.SetNull(row);
                result.Set(row, 0, 0);
                continue;
            }

            (int at, int bytes) = Slice(texts.Slice(row), starts.Values[row], lengths?.Values[row] ?? int.MaxValue);
            result.Set(row, texts.Starts[row] + at, bytes);
        }

        return result;
    }

    private static (int At, int Bytes) Slice(ReadOnlySpan<byte> text, int place, int count)
    {
        int skip = Math.Max(place - 1, 0);
        if (place < 0)
        {
            CodePoints.Cut(text, text.Length, out int points);
            if (points + place < 0)
            {
                return (0, 0);
            }

            skip = points + place;
        }

        int at = CodePoints.Cut(text, skip, out _);
        return (at, CodePoints.Cut(text[at..], count, out _));
    }
}
