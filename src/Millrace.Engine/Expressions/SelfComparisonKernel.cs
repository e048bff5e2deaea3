using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// An expression compared with itself, which Flink's planner decides without looking at the value: <c>x = x</c> is
/// TRUE also for a NaN; NULL for NULL, unless the operator is IS [NOT] DISTINCT FROM.
/// </summary>
internal sealed class SelfComparisonKernel(Kernel operand, bool value, bool keepsNull, SqlType type) : Kernel(type)
{
    private readonly BooleanResult result = new(type);

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        result.Begin(input.Count);
        result.Values.AsSpan(0, input.Count).Fill(value ? (byte)1 : (byte)0);
        if (keepsNull)
        {
            NullBits.Copy(column, result.Column, input.Count);
        }

        return result.Column;
    }
}
