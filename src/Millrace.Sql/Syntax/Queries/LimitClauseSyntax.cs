namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>LIMIT n</c> or <c>LIMIT ALL</c>.</summary>
public sealed class LimitClauseSyntax(SyntaxToken limit, SyntaxToken count) : SyntaxNode(limit, count)
{
    /// <summary>A number, or the word ALL.</summary>
    public SyntaxToken Count { get; } = count;
}
