namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>x.field</c> where x is no name: <c>a[1].p</c>, <c>f(x).y</c>.</summary>
public sealed class FieldAccessSyntax(ExpressionSyntax row, SyntaxToken dot, SyntaxToken field)
    : ExpressionSyntax(row, dot, field)
{
    public ExpressionSyntax Row { get; } = row;

    /// <summary>A name, or <c>*</c>.</summary>
    public SyntaxToken Field { get; } = field;
}
