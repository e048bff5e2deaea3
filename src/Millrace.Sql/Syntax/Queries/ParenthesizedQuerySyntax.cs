namespace Millrace.Sql.Syntax.Queries;

/// <summary>A query in parentheses, as an operand of a set operation.</summary>
public sealed class ParenthesizedQuerySyntax(SyntaxToken open, QuerySyntax query, SyntaxToken close)
    : QueryBodySyntax(open, query, close)
{
    public QuerySyntax Query { get; } = query;
}
