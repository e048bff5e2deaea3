using Millrace.Data;

namespace Millrace.Engine.Expressions.Casts;

/// <summary>Texts to values of fixed width.</summary>
internal sealed class ParseKernel<T>(Kernel operand, TextParser<T> parser, SqlType type, bool isTry)
    : FallibleCastKernel(operand, type, isTry)
    where T : unmanaged
{
    private readonly FixedVector<T> result = new(type);

    protected override ColumnVector Result => result;

    protected override CastOutcome Convert(ColumnVector column, int row) =>
        parser.TryParse(((BytesVector)column).Slice(row), out result.Values[row])
            ? CastOutcome.Done
            : CastOutcome.Failed;
}
