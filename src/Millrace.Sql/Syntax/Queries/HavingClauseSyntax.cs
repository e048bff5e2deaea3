using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>HAVING condition</c>.</summary>
public sealed class HavingClauseSyntax(SyntaxToken having, ExpressionSyntax condition) : SyntaxNode(having, condition)
{
    public ExpressionSyntax Condition { get; } = condition;
}
