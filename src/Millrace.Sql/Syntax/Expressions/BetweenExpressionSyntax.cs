namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>x [NOT] BETWEEN [ASYMMETRIC | SYMMETRIC] lower AND upper</c>.</summary>
public sealed class BetweenExpressionSyntax(
    ExpressionSyntax operand,
    SyntaxToken? not,
    SyntaxToken between,
    SyntaxToken? symmetry,
    ExpressionSyntax lower,
    SyntaxToken and,
    ExpressionSyntax upper)
    : ExpressionSyntax(operand, not, between, symmetry, lower, and, upper)
{
    public ExpressionSyntax Operand { get; } = operand;

    public bool IsNegated { get; } = not is not null;

    public bool IsSymmetric { get; } = symmetry?.IsWord("SYMMETRIC") == true;

    public ExpressionSyntax Lower { get; } = lower;

    public ExpressionSyntax Upper { get; } = upper;
}
