using System.Numerics;
using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// DECIMAL to integers (cut, then the low bits), FLOAT and DOUBLE (nearest), BOOLEAN (whether not zero).
/// </summary>
internal sealed class FromDecimalKernel<TTo> : Kernel
    where TTo : unmanaged, INumberBase<TTo>
{
    private readonly Kernel operand;
    private readonly FixedVector<TTo> result;
    private readonly int scale;
    private readonly int precision;

    public FromDecimalKernel(Kernel operand, SqlType type)
        : base(type)
    {
        this.operand = operand;
        result = new FixedVector<TTo>(type);
        (precision, scale) = (operand.Type.Precision, operand.Type.Scale);
    }

    public override bool CanFail => operand.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector column = operand.Evaluate(input, active, failures);
        Int128[] from = ((FixedVector<Int128>)column).Values;
        result.Reset(input.Count);
        NullBits.Copy(column, result, input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            if (!result.IsNull(i))
            {
                result.Values[i] = Convert(from[i]);
            }
        }

        if (result is FixedVector<int> narrow)
        {
            NarrowIntegers.Wrap(Type, narrow.Values.AsSpan(0, input.Count));
        }

        return result;
    }

    private TTo Convert(Int128 value)
    {
        if (Type.IsApproximate)
        {
            return TTo.CreateTruncating(DecimalMath.ToDouble(value, scale, precision));
        }

        return Type.Kind == SqlTypeKind.Boolean
            ? value == 0 ? TTo.Zero : TTo.One
            : TTo.CreateTruncating(DecimalMath.ToInt64(value, scale));
    }
}
