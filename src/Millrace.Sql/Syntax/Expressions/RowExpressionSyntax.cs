namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>ROW(a, b)</c> or <c>(a, b)</c>.</summary>
public sealed class RowExpressionSyntax(
    SyntaxToken? row, SyntaxToken open, SyntaxList<ExpressionSyntax> values, SyntaxToken close)
    : ExpressionSyntax(row, open, values, close)
{
    public SyntaxList<ExpressionSyntax> Values { get; } = values;
}
