using System.Numerics;
using System.Runtime.InteropServices;
using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>NEGATE (unary minus) and ABS. Integers wrap: those of the smallest number are itself.</summary>
internal sealed class SignKernel<T>(Kernel operand, bool isAbs, SqlType type) : Kernel(type)
    where T : unmanaged, INumberBase<T>
{
    private readonly FixedVector<T> result = new(type);

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        int rows = input.Count;
        result.Reset(rows);
        NullBits.Copy(column, result, rows);
        ReadOnlySpan<T> source = ((FixedVector<T>)column).Values.AsSpan(0, rows);
        Span<T> target = result.Values.AsSpan(0, rows);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = isAbs && !T.IsNegative(source[i]) ? source[i] : unchecked(-source[i]);
        }

        if (typeof(T) == typeof(int))
        {
            NarrowIntegers.Wrap(Type, MemoryMarshal.Cast<T, int>(target));
        }

        return result;
    }
}
