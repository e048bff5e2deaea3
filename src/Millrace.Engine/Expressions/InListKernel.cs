using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// IN over constants: TRUE on a match; without one NULL when the list holds a NULL; NULL for NULL.
/// <see cref="ValueSet"/> does the looking up.
/// </summary>
internal sealed class InListKernel(Kernel value, ValueSet items, bool hasNull, SqlType type) : Kernel(type)
{
    private readonly BooleanResult result = new(type);

    public override bool CanFail => value.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = value.Evaluate(input, active, failures);
        int rows = input.Count;
        result.Begin(rows);
        items.Find(column, result.Values.AsSpan(0, rows));
        if (!hasNull)
        {
            NullBits.Copy(column, result.Column, rows);
            return result.Column;
        }

        for (int w = 0; w < BooleanWords.Count(rows); w++)
        {
            result.WriteKnown(w, BooleanWords.True(result.Column, w, rows) & BooleanWords.Known(column, w));
        }

        return result.Column;
    }
}
