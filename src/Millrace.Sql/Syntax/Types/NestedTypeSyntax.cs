namespace Millrace.Sql.Syntax.Types;

/// <summary>A type inside another: <c>type [NOT NULL | NULL]</c>.</summary>
public sealed class NestedTypeSyntax(TypeSyntax type, SyntaxToken? not, SyntaxToken? @null)
    : SyntaxNode(type, not, @null)
{
    public TypeSyntax Type { get; } = type;

    public bool IsNotNull { get; } = not is not null;
}
