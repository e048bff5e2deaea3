using System.Numerics;
using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// / and % of integers: truncates toward zero, a remainder has the dividend's sign, the smallest number divided by -1
/// is itself. Division by zero fails. The sides of % may differ in width; the remainder is cut to the result's.
/// </summary>
internal sealed class IntegerDivisionKernel<TLeft, TRight, TResult>(
    Kernel left, Kernel right, bool isModulo, SqlType type)
    : Kernel(type)
    where TLeft : unmanaged, IBinaryInteger<TLeft>
    where TRight : unmanaged, IBinaryInteger<TRight>
    where TResult : unmanaged, IBinaryInteger<TResult>
{
    private readonly FixedVector<TResult> result = new(type);

    public override bool CanFail => left.CanFail || right is not LiteralKernel { IsZero: false };

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector a = left.Evaluate(input, active, failures);
        ColumnVector b = right.Evaluate(input, active, failures);
        result.Reset(input.Count);
        NullBits.Merge(a, b, result, input.Count);
        ReadOnlySpan<TLeft> dividends = ((FixedVector<TLeft>)a).Values.AsSpan(0, input.Count);
        ReadOnlySpan<TRight> divisors = ((FixedVector<TRight>)b).Values.AsSpan(0, input.Count);
        TResult[] values = result.Values;
        for (int i = 0; i < input.Count; i++)
        {
            if (TRight.IsZero(divisors[i]))
            {
                Fail(i, active, failures);
                continue;
            }

            values[i] = Divide(long.CreateTruncating(dividends[i]), long.CreateTruncating(divisors[i]));
        }

        if (values is int[] narrow)
        {
            NarrowIntegers.Wrap(Type, narrow.AsSpan(0, input.Count));
        }

        return result;
    }

    private TResult Divide(long dividend, long divisor)
    {
        if (divisor == -1)
        {
            return isModulo ? TResult.Zero : TResult.CreateTruncating(unchecked(-dividend));
        }

        return TResult.CreateTruncating(isModulo ? dividend % divisor : dividend / divisor);
    }

    private void Fail(int row, RowMask active, FailureSink failures)
    {
        if (result.IsNull(row))
        {
            return;
        }

        result.SetNull(row);
        if (CanFail && active[row])
        {
            failures.Add(row, FailureReasons.DivisionByZero, "Division by zero.");
        }
    }
}
