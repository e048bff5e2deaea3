namespace Millrace.Sql.Syntax.Queries;

/// <summary><c>name [(columns)] AS (query)</c>.</summary>
public sealed class CommonTableExpressionSyntax(
    SyntaxToken name, ColumnListSyntax? columns, SyntaxToken @as, SyntaxToken open, QuerySyntax query,
    SyntaxToken close)
    : SyntaxNode(name, columns, @as, open, query, close)
{
    public SyntaxToken Name { get; } = name;

    public ColumnListSyntax? Columns { get; } = columns;

    public QuerySyntax Query { get; } = query;
}
