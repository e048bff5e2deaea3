namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>DATE '…'</c>, <c>TIME '…'</c> or <c>TIMESTAMP '…'</c>.</summary>
public sealed class TimeLiteralSyntax(SyntaxToken keyword, SyntaxToken text) : ExpressionSyntax(keyword, text)
{
    public SyntaxToken Keyword { get; } = keyword;

    public SyntaxToken Text { get; } = text;
}
