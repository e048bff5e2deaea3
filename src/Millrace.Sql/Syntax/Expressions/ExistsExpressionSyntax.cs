namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>EXISTS (query)</c>.</summary>
public sealed class ExistsExpressionSyntax(SyntaxToken exists, SubqueryExpressionSyntax query)
    : ExpressionSyntax(exists, query)
{
    public SubqueryExpressionSyntax Query { get; } = query;
}
