namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>SUBSTRING(text FROM start [FOR length])</c>; with commas it is an ordinary call.</summary>
public sealed class SubstringExpressionSyntax(
    SyntaxToken substring,
    SyntaxToken open,
    ExpressionSyntax text,
    SyntaxToken from,
    ExpressionSyntax start,
    SyntaxToken? @for,
    ExpressionSyntax? length,
    SyntaxToken close)
    : ExpressionSyntax(substring, open, text, from, start, @for, length, close)
{
    public ExpressionSyntax Text { get; } = text;

    public ExpressionSyntax Start { get; } = start;

    public ExpressionSyntax? Length { get; } = length;
}
