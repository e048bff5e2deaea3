using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>
/// +, -, *, /, % of DECIMALs, each side with its own scale. What does not fit the result's precision is NULL, or fails
/// where the result is NOT NULL. Division by zero fails.
/// </summary>
internal sealed class DecimalArithmeticKernel(ScalarFunction function, Kernel left, Kernel right, SqlType type)
    : Kernel(type)
{
    private readonly FixedVector<Int128> result = new(type);
    private readonly int scaleA = left.Type.Scale;
    private readonly int scaleB = right.Type.Scale;
    private readonly bool divides = function == ScalarFunction.Divide || function == ScalarFunction.Modulo;

    public override bool CanFail => left.CanFail || right.CanFail || !Type.IsNullable
        || (divides && right is not LiteralKernel { IsZero: false });

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector a = left.Evaluate(input, active, failures);
        ColumnVector b = right.Evaluate(input, active, failures);
        result.Reset(input.Count);
        NullBits.Merge(a, b, result, input.Count);
        Int128[] x = ((FixedVector<Int128>)a).Values;
        Int128[] y = ((FixedVector<Int128>)b).Values;
        for (int i = 0; i < input.Count; i++)
        {
            if (result.IsNull(i))
            {
                continue;
            }

            if (divides && y[i] == 0)
            {
                Fail(i, FailureReasons.DivisionByZero, "Division by zero.", active, failures);
            }
            else if (!Apply(x[i], y[i], out result.Values[i]))
            {
                Overflow(i, active, failures);
            }
        }

        return result;
    }

    private bool Apply(Int128 a, Int128 b, out Int128 value)
    {
        int p = Type.Precision;
        int s = Type.Scale;
        return function == ScalarFunction.Add ? DecimalMath.TryAdd(a, scaleA, b, scaleB, p, s, out value)
            : function == ScalarFunction.Subtract ? DecimalMath.TryAdd(a, scaleA, -b, scaleB, p, s, out value)
            : function == ScalarFunction.Multiply ? DecimalMath.TryMultiply(a, scaleA, b, scaleB, p, s, out value)
            : function == ScalarFunction.Divide ? DecimalMath.TryDivide(a, scaleA, b, scaleB, p, s, out value)
            : DecimalMath.TryModulo(a, scaleA, b, scaleB, p, s, out value);
    }

    private void Overflow(int row, RowMask active, FailureSink failures)
    {
        if (Type.IsNullable)
        {
            result.SetNull(row);
        }
        else
        {
            Fail(row, FailureReasons.DecimalOverflow, $"The result does not fit {Type}.", active, failures);
        }
    }

    private void Fail(int row, string reason, string message, RowMask active, FailureSink failures)
    {
        result.SetNull(row);
        if (CanFail && active[row])
        {
            failures.Add(row, reason, message);
        }
    }
}
