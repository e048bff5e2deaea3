namespace Millrace.Sql.Syntax.Types;

/// <summary><c>ROW&lt;a INT, b STRING NOT NULL&gt;</c>, also with parentheses.</summary>
public sealed class RowTypeSyntax(SyntaxToken row, SyntaxToken open, SyntaxList<RowFieldSyntax> fields,
    SyntaxToken close)
    : TypeSyntax(row, open, fields, close)
{
    public SyntaxList<RowFieldSyntax> Fields { get; } = fields;
}

/// <summary><c>name type [NOT NULL] ['comment']</c>.</summary>
public sealed class RowFieldSyntax(SyntaxToken name, NestedTypeSyntax type, SyntaxToken? comment)
    : SyntaxNode(name, type, comment)
{
    public SyntaxToken Name { get; } = name;

    public NestedTypeSyntax Type { get; } = type;
}
