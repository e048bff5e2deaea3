using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>IS [NOT] TRUE and IS [NOT] FALSE: never NULL.</summary>
internal sealed class TruthTestKernel(ScalarFunction function, Kernel operand, SqlType type) : Kernel(type)
{
    private readonly bool asked = function == ScalarFunction.IsTrue || function == ScalarFunction.IsNotTrue;
    private readonly bool isNegated = function == ScalarFunction.IsNotTrue || function == ScalarFunction.IsNotFalse;
    private readonly BooleanResult result = new(type);

    public static bool Handles(ScalarFunction function) =>
        function == ScalarFunction.IsTrue || function == ScalarFunction.IsNotTrue
        || function == ScalarFunction.IsFalse || function == ScalarFunction.IsNotFalse;

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
