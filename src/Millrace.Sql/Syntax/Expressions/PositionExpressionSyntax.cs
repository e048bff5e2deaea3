namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>POSITION(part IN text [FROM start])</c>.</summary>
public sealed class PositionExpressionSyntax(
    SyntaxToken position,
    SyntaxToken open,
    ExpressionSyntax part,
    SyntaxToken @in,
    ExpressionSyntax text,
    SyntaxToken? from,
    ExpressionSyntax? start,
    SyntaxToken close)
    : ExpressionSyntax(position, open, part, @in, text, from, start, close)
{
    public ExpressionSyntax Part { get; } = part;

    public ExpressionSyntax Text { get; } = text;

    public ExpressionSyntax? Start { get; } = start;
}
