namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>INTERVAL [-] '1 12:30' DAY TO MINUTE</c>, or <c>INTERVAL x DAY</c> with an expression.</summary>
public sealed class IntervalExpressionSyntax(
    SyntaxToken interval, SyntaxToken? sign, ExpressionSyntax value, IntervalQualifierSyntax qualifier)
    : ExpressionSyntax(interval, sign, value, qualifier)
{
    public bool IsNegative { get; } = sign?.Kind == TokenKind.Minus;

    /// <summary>A <see cref="StringLiteralSyntax"/> for a literal.</summary>
    public ExpressionSyntax Value { get; } = value;

    public IntervalQualifierSyntax Qualifier { get; } = qualifier;
}
