namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>(a, b)</c>: names for the columns of a table.</summary>
public sealed class ColumnListSyntax(SyntaxToken open, SyntaxList<SyntaxToken> names, SyntaxToken close)
    : SyntaxNode(open, names, close)
{
    public SyntaxList<SyntaxToken> Names { get; } = names;
}
