using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax;

/// <summary>One query, semicolons behind it, and the end of the text.</summary>
public sealed class SqlRootSyntax(QuerySyntax query, SyntaxList<SyntaxToken> semicolons, SyntaxToken endOfFile)
    : SyntaxNode(query, semicolons, endOfFile)
{
    public QuerySyntax Query { get; } = query;
}
