namespace Millrace.Sql.Syntax.Expressions;

/// <summary>A text, perhaps in several pieces on several lines, perhaps with <c>UESCAPE 'c'</c>.</summary>
public sealed class StringLiteralSyntax(SyntaxList<SyntaxToken> pieces, SyntaxToken? uescape,
    SyntaxToken? escapeCharacter)
    : ExpressionSyntax(pieces, uescape, escapeCharacter)
{
    public SyntaxList<SyntaxToken> Pieces { get; } = pieces;

    /// <summary>The text that is meant.</summary>
    public string Value { get; } = ValueOf(pieces, escapeCharacter);

    private static string ValueOf(SyntaxList<SyntaxToken> pieces, SyntaxToken? escapeCharacter)
    {
        string text = string.Concat(pieces.Select(p => p.Value));
        bool isUnicode = pieces[0].Text.StartsWith("U&", StringComparison.OrdinalIgnoreCase);
        char escape = escapeCharacter?.Value is [char c] ? c : '\\';
        return isUnicode ? StringTokenValue.Unicode(text, escape) ?? text : text;
    }
}
