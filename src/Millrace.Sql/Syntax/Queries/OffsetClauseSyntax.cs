namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>OFFSET n [ROW | ROWS]</c>.</summary>
public sealed class OffsetClauseSyntax(SyntaxToken offset, SyntaxToken count, SyntaxToken? rows)
    : SyntaxNode(offset, count, rows)
{
    public SyntaxToken Count { get; } = count;
}
