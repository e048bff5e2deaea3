namespace Millrace.Sql.Syntax.Queries;

/// <summary>What yields rows: SELECT, VALUES, TABLE t, a set operation, or a query in parentheses.</summary>
public abstract class QueryBodySyntax : SyntaxNode
{
    private protected QueryBodySyntax(params ReadOnlySpan<SyntaxElement?> parts)
        : base(parts)
    {
    }
}
