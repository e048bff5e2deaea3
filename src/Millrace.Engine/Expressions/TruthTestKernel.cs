using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>IS [NOT] TRUE and IS [NOT] FALSE: never NULL.</summary>
internal sealed class TruthTestKernel(Kernel operand, bool asked, bool isNegated, SqlType type) : Kernel(type)
{
    private readonly BooleanResult result = new(type);

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        result.Begin(input.Count);
        for (int w = 0; w < BooleanWords.Count(input.Count); w++)
        {
            ulong isTrue = BooleanWords.True(column, w, input.Count);
            ulong holds = asked ? isTrue : BooleanWords.Known(column, w) & ~isTrue;
            result.Write(w, isNegated ? ~holds : holds, ulong.MaxValue);
        }

        return result.Column;
    }
}
