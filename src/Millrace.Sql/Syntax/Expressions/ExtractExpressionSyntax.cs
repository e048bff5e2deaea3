namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>EXTRACT(unit FROM time)</c>.</summary>
public sealed class ExtractExpressionSyntax(
    SyntaxToken extract, SyntaxToken open, SyntaxToken unit, SyntaxToken from, ExpressionSyntax time, SyntaxToken close)
    : ExpressionSyntax(extract, open, unit, from, time, close)
{
    public SyntaxToken Unit { get; } = unit;

    public ExpressionSyntax Time { get; } = time;
}
