namespace Millrace.Sql.Syntax.Tables;

/// <summary>What can stand in FROM.</summary>
public abstract class TableReferenceSyntax : SyntaxNode
{
    private protected TableReferenceSyntax(params ReadOnlySpan<SyntaxElement?> parts)
        : base(parts)
    {
    }
}
