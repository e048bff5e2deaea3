using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>The comparison operators: NULL where either side is.</summary>
internal sealed class ComparisonKernel(Kernel left, Kernel right, ValueComparer comparer, SqlType type) : Kernel(type)
{
    private readonly BooleanResult result = new(type);

    public override bool CanFail => left.CanFail || right.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector a = left.Evaluate(input, active, failures);
        ColumnVector b = right.Evaluate(input, active, failures);
        result.Begin(input.Count);
        comparer.Compare(a, b, result.Values.AsSpan(0, input.Count));
        NullBits.Merge(a, b, result.Column, input.Count);
        return result.Column;
    }
}
