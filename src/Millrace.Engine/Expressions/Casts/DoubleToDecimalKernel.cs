using System.Globalization;
using Millrace.Data;
using Millrace.Data.Numbers;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>
/// FLOAT and DOUBLE to DECIMAL: the shortest text of the double is what is rounded, HALF_UP (1.005 to two places is
/// 1.01). NaN and the infinities fail, in TRY_CAST too.
/// </summary>
internal sealed class DoubleToDecimalKernel(Kernel operand, SqlType type, bool isTry)
    : FallibleCastKernel(operand, type, isTry)
{
    private readonly FixedVector<Int128> result = new(type);

    protected override ColumnVector Result => result;

    protected override CastOutcome Convert(ColumnVector column, int row)
    {
        double value = column is FixedVector<float> floats
            ? floats.Values[row]
            : ((FixedVector<double>)column).Values[row];
        if (!double.IsFinite(value))
        {
            return CastOutcome.AlwaysFailed;
        }

        Span<byte> text = stackalloc byte[DoubleText.MaxLength];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        DecimalParse parse =
            DecimalParser.TryParse(text[..length], Type.Precision, Type.Scale, out result.Values[row]);
        return parse == DecimalParse.Ok ? CastOutcome.Done : CastOutcome.Overflow;
    }
}
