namespace Millrace.Sql.Syntax.Expressions;

/// <summary>Arithmetic, <c>||</c>, comparisons, AND, OR.</summary>
public sealed class BinaryExpressionSyntax(ExpressionSyntax left, SyntaxToken @operator, ExpressionSyntax right)
    : ExpressionSyntax(left, @operator, right)
{
    public ExpressionSyntax Left { get; } = left;

    public SyntaxToken Operator { get; } = @operator;

    public ExpressionSyntax Right { get; } = right;
}
