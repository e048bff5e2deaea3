using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>IS NULL and IS NOT NULL, of any type.</summary>
internal sealed class NullTestKernel(Kernel operand, bool isNull, SqlType type) : Kernel(type)
{
    private readonly BooleanResult result = new(type);

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        result.Begin(input.Count);
        if (!column.HasNulls)
        {
            result.Values.AsSpan(0, input.Count).Fill(isNull ? (byte)0 : (byte)1);
            return result.Column;
        }

        for (int w = 0; w < BooleanWords.Count(input.Count); w++)
        {
            ulong known = BooleanWords.Known(column, w);
            result.Write(w, isNull ? ~known : known, ulong.MaxValue);
        }

        return result.Column;
    }
}
