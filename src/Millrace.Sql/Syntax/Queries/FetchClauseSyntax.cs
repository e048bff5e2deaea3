namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>FETCH FIRST | NEXT n ROW | ROWS ONLY</c>.</summary>
public sealed class FetchClauseSyntax(
    SyntaxToken fetch, SyntaxToken first, SyntaxToken count, SyntaxToken rows, SyntaxToken only)
    : SyntaxNode(fetch, first, count, rows, only)
{
    public SyntaxToken Count { get; } = count;
}
