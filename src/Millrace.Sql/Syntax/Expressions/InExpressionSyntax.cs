namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>x [NOT] IN (…)</c>.</summary>
public sealed class InExpressionSyntax(ExpressionSyntax operand, SyntaxToken? not, SyntaxToken @in, InSetSyntax set)
    : ExpressionSyntax(operand, not, @in, set)
{
    public ExpressionSyntax Operand { get; } = operand;

    public bool IsNegated { get; } = not is not null;

    public InSetSyntax Set { get; } = set;
}
