using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>NOT: NULL stays NULL.</summary>
internal sealed class NotKernel(Kernel operand, SqlType type) : Kernel(type)
{
    private readonly BooleanResult result = new(type);

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        result.Begin(input.Count);
        for (int w = 0; w < BooleanWords.Count(input.Count); w++)
        {
            result.Write(w, ~BooleanWords.True(column, w, input.Count), BooleanWords.Known(column, w));
        }

        return result.Column;
    }
}
