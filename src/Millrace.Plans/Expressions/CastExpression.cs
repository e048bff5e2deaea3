using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// CAST, or TRY_CAST when <see cref="IsTry"/> (a failure is NULL instead of a bad record). Also stands for the implicit
/// widenings that the binder adds. Rules: Flink's non-legacy cast behaviour.
/// </summary>
public sealed class CastExpression : Expression
{
    public CastExpression(Expression operand, SqlType type, bool isTry = false)
        : base(type)
    {
        Operand = operand;
        IsTry = isTry;
    }

    public Expression Operand { get; }

    public bool IsTry { get; }

    public override IReadOnlyList<Expression> Operands => [Operand];

    public override string ToString() => $"{(IsTry ? "TRY_CAST" : "CAST")}({Operand} AS {Type})";
}
