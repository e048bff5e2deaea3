using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// <c>x IN (a, b, ..)</c> over literals of x's type (a NULL among them is a literal NULL). TRUE on a match; NULL when x
/// is NULL, or without a match when the list holds a NULL; else FALSE. NOT IN is NOT of it. Lists with expressions are
/// bound as OR of equalities.
/// </summary>
public sealed class InListExpression : Expression
{
    public InListExpression(Expression value, IReadOnlyList<Literal> items, SqlType type)
        : base(type)
    {
        Value = value;
        Items = items;
    }

    public Expression Value { get; }

    public IReadOnlyList<Literal> Items { get; }

    public override IReadOnlyList<Expression> Operands => [Value, .. Items];

    public override string ToString() => $"{Value} IN ({string.Join(", ", Items)})";
}
