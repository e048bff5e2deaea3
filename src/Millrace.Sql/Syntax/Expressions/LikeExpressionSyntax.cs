namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>x [NOT] LIKE pattern [ESCAPE c]</c>, also SIMILAR TO.</summary>
public sealed class LikeExpressionSyntax(
    ExpressionSyntax operand,
    SyntaxToken? not,
    SyntaxToken like,
    SyntaxToken? to,
    ExpressionSyntax pattern,
    SyntaxToken? escape,
    ExpressionSyntax? escapeCharacter)
    : ExpressionSyntax(operand, not, like, to, pattern, escape, escapeCharacter)
{
    public ExpressionSyntax Operand { get; } = operand;

    public bool IsNegated { get; } = not is not null;

    /// <summary>SIMILAR TO rather than LIKE.</summary>
    public bool IsSimilar { get; } = to is not null;

    public ExpressionSyntax Pattern { get; } = pattern;

    public ExpressionSyntax? EscapeCharacter { get; } = escapeCharacter;
}
