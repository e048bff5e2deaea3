namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>(a JOIN b ON …)</c>.</summary>
public sealed class ParenthesizedTableSyntax(SyntaxToken open, TableReferenceSyntax table, SyntaxToken close)
    : TableReferenceSyntax(open, table, close)
{
    public TableReferenceSyntax Table { get; } = table;
}
