using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>[AS] alias [(columns)]</c>.</summary>
public sealed class TableAliasSyntax(SyntaxToken? @as, SyntaxToken name, ColumnListSyntax? columns)
    : SyntaxNode(@as, name, columns)
{
    public SyntaxToken Name { get; } = name;

    public ColumnListSyntax? Columns { get; } = columns;
}
