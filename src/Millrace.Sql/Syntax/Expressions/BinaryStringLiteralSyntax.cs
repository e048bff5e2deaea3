namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>X'0AFF'</c>.</summary>
public sealed class BinaryStringLiteralSyntax(SyntaxList<SyntaxToken> pieces) : ExpressionSyntax(pieces)
{
    /// <summary>The hex digits, all pieces together.</summary>
    public string Digits { get; } = string.Concat(pieces.Select(p => p.Text.TrimStart('x', 'X').Trim('\'')));
}
