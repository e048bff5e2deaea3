namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>(expression)</c>.</summary>
public sealed class ParenthesizedExpressionSyntax(SyntaxToken open, ExpressionSyntax expression, SyntaxToken close)
    : ExpressionSyntax(open, expression, close)
{
    public ExpressionSyntax Expression { get; } = expression;
}
