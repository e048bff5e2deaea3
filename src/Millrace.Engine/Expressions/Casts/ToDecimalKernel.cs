using System.Numerics;
using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Integers, BOOLEAN and DECIMAL to DECIMAL: rounded HALF_UP; what does not fit is NULL.</summary>
internal sealed class ToDecimalKernel<TFrom>(Kernel operand, SqlType type, bool isTry)
    : FallibleCastKernel(operand, type, isTry)
    where TFrom : unmanaged, INumberBase<TFrom>
{
    private readonly FixedVector<Int128> result = new(type);
    private readonly int fromScale = operand.Type.Scale;
    private readonly bool mayOverflow = type.Precision - type.Scale < IntegerDigits(operand.Type)
        || type.Scale < operand.Type.Scale;
    private readonly bool operandCanFail = operand.CanFail;

    public override bool CanFail => operandCanFail || (mayOverflow && !Type.IsNullable);

    protected override ColumnVector Result => result;

    protected override CastOutcome Convert(ColumnVector column, int row)
    {
        Int128 value = Int128.CreateTruncating(((FixedVector<TFrom>)column).Values[row]);
        return DecimalMath.TryRescale(value, fromScale, Type.Scale, Type.Precision, out result.Values[row])
            ? CastOutcome.Done
            : CastOutcome.Overflow;
    }

    private static int IntegerDigits(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => 1,
        SqlTypeKind.TinyInt => 3,
        SqlTypeKind.SmallInt => 5,
        SqlTypeKind.Int => 10,
        SqlTypeKind.BigInt => 19,
        _ => type.Precision - type.Scale,
    };
}
