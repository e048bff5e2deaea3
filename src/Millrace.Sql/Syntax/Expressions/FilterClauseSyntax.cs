namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>FILTER (WHERE condition)</c> behind an aggregate.</summary>
public sealed class FilterClauseSyntax(
    SyntaxToken filter, SyntaxToken open, SyntaxToken where, ExpressionSyntax condition, SyntaxToken close)
    : SyntaxNode(filter, open, where, condition, close)
{
    public ExpressionSyntax Condition { get; } = condition;
}
