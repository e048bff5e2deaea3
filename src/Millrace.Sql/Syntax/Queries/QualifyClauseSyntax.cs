using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>QUALIFY condition</c>: a filter behind the OVER functions.</summary>
public sealed class QualifyClauseSyntax(SyntaxToken qualify, ExpressionSyntax condition)
    : SyntaxNode(qualify, condition)
{
    public ExpressionSyntax Condition { get; } = condition;
}
