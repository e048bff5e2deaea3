using System.Runtime.InteropServices;
using Millrace.Data;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>A cast between numbers (and BOOLEAN) that cannot fail.</summary>
internal sealed class ConversionKernel<TFrom, TTo, TConversion>(Kernel operand, SqlType type) : Kernel(type)
    where TFrom : unmanaged
    where TTo : unmanaged
    where TConversion : IConversion<TFrom, TTo>
{
    private readonly FixedVector<TTo> result = new(type);

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        int rows = input.Count;
        result.Reset(rows);
        NullBits.Copy(column, result, rows);
        ReadOnlySpan<TFrom> from = ((FixedVector<TFrom>)column).Values.AsSpan(0, rows);
        Span<TTo> to = result.Values.AsSpan(0, rows);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = TConversion.Convert(from[i]);
        }

        if (typeof(TTo) == typeof(int))
        {
            NarrowIntegers.Wrap(Type, MemoryMarshal.Cast<TTo, int>(to));
        }

        return result;
    }
}
