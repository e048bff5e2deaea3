namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>WITH [RECURSIVE] a AS (…), b(x, y) AS (…)</c>.</summary>
public sealed class WithClauseSyntax(
    SyntaxToken with, SyntaxToken? recursive, SyntaxList<CommonTableExpressionSyntax> tables)
    : SyntaxNode(with, recursive, tables)
{
    public SyntaxToken? Recursive { get; } = recursive;

    public SyntaxList<CommonTableExpressionSyntax> Tables { get; } = tables;
}
