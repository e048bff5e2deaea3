namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>a[i]</c>: an array's element or a map's value.</summary>
public sealed class ElementAccessSyntax(
    ExpressionSyntax collection, SyntaxToken open, ExpressionSyntax index, SyntaxToken close)
    : ExpressionSyntax(collection, open, index, close)
{
    public ExpressionSyntax Collection { get; } = collection;

    public ExpressionSyntax Index { get; } = index;
}
