namespace Millrace.Sql.Syntax.Expressions;

/// <summary><c>TRIM([BOTH | LEADING | TRAILING] [characters] FROM text)</c>; TRIM(text) is an ordinary call.</summary>
public sealed class TrimExpressionSyntax(
    SyntaxToken trim,
    SyntaxToken open,
    SyntaxToken? side,
    ExpressionSyntax? characters,
    SyntaxToken from,
    ExpressionSyntax text,
    SyntaxToken close)
    : ExpressionSyntax(trim, open, side, characters, from, text, close)
{
    /// <summary>BOTH, LEADING or TRAILING; null means BOTH.</summary>
    public SyntaxToken? Side { get; } = side;

    public ExpressionSyntax? Characters { get; } = characters;

    public ExpressionSyntax Text { get; } = text;
}
