namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>OVERLAY(text PLACING part FROM start [FOR length])</c>.</summary>
public sealed class OverlayExpressionSyntax(
    SyntaxToken overlay,
    SyntaxToken open,
    ExpressionSyntax text,
    SyntaxToken placing,
    ExpressionSyntax part,
    SyntaxToken from,
    ExpressionSyntax start,
    SyntaxToken? @for,
    ExpressionSyntax? length,
    SyntaxToken close)
    : ExpressionSyntax(overlay, open, text, placing, part, from, start, @for, length, close)
{
    public ExpressionSyntax Text { get; } = text;

    public ExpressionSyntax Part { get; } = part;

    public ExpressionSyntax Start { get; } = start;

    public ExpressionSyntax? Length { get; } = length;
}
