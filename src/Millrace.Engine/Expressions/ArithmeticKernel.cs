using System.Numerics;
using System.Runtime.InteropServices;
using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// +, -, * of integers, intervals and approximate numbers, and / of the latter: both sides of the result's storage, no
/// failure. Values of NULL rows are computed too and mean nothing.
/// </summary>
internal sealed class ArithmeticKernel<T, TOperator>(Kernel left, Kernel right, SqlType type) : Kernel(type)
    where T : unmanaged, INumberBase<T>
    where TOperator : IArithmetic
{
    private readonly FixedVector<T> result = new(type);

    public override bool CanFail => left.CanFail || right.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector a = left.Evaluate(input, active, failures);
        ColumnVector b = right.Evaluate(input, active, failures);
        int rows = input.Count;
        result.Reset(rows);
        NullBits.Merge(a, b, result, rows);
        Span<T> target = result.Values.AsSpan(0, rows);
        Apply(((FixedVector<T>)a).Values.AsSpan(0, rows), ((FixedVector<T>)b).Values.AsSpan(0, rows), target);
        if (typeof(T) == typeof(int))
        {
            NarrowIntegers.Wrap(Type, MemoryMarshal.Cast<T, int>(target));
        }

        return result;
    }

    private static void Apply(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> target)
    {
        int at = 0;
        for (; at <= target.Length - Vector<T>.Count; at += Vector<T>.Count)
        {
            TOperator.Apply(new Vector<T>(a[at..]), new Vector<T>(b[at..])).CopyTo(target[at..]);
        }

        for (; at < target.Length; at++)
        {
            target[at] = TOperator.Apply(a[at], b[at]);
        }
    }
}
