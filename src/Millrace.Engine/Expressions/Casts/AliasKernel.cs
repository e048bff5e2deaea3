using Millrace.Data;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>A cast that changes the type and no value: the operand's column as it is.</summary>
internal sealed class AliasKernel(Kernel operand, SqlType type) : Kernel(type)
{
    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures) =>
        operand.Evaluate(input, active, failures);
}
