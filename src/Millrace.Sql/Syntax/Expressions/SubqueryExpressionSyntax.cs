using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>(query)</c> where a value, or a table among the arguments of a call, is wanted.</summary>
public sealed class SubqueryExpressionSyntax(SyntaxToken open, QuerySyntax query, SyntaxToken close)
    : ExpressionSyntax(open, query, close)
{
    public QuerySyntax Query { get; } = query;
}
