namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>left IS [NOT] DISTINCT FROM right</c>: a comparison that treats NULL as a value.</summary>
public sealed class DistinctFromExpressionSyntax(
    ExpressionSyntax left, SyntaxToken @is, SyntaxToken? not, SyntaxToken distinct, SyntaxToken from,
    ExpressionSyntax right)
    : ExpressionSyntax(left, @is, not, distinct, from, right)
{
    public ExpressionSyntax Left { get; } = left;

    public bool IsNegated { get; } = not is not null;

    public ExpressionSyntax Right { get; } = right;
}
