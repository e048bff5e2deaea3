namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>FLOOR(time TO unit)</c> or <c>CEIL(time TO unit)</c>; without TO it is an ordinary call.</summary>
public sealed class FloorToExpressionSyntax(
    SyntaxToken keyword, SyntaxToken open, ExpressionSyntax time, SyntaxToken to, SyntaxToken unit, SyntaxToken close)
    : ExpressionSyntax(keyword, open, time, to, unit, close)
{
    /// <summary>The word FLOOR, CEIL or CEILING.</summary>
    public SyntaxToken Keyword { get; } = keyword;

    public ExpressionSyntax Time { get; } = time;

    public SyntaxToken Unit { get; } = unit;
}
