using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>WHERE condition</c>.</summary>
public sealed class WhereClauseSyntax(SyntaxToken where, ExpressionSyntax condition) : SyntaxNode(where, condition)
{
    public ExpressionSyntax Condition { get; } = condition;
}
