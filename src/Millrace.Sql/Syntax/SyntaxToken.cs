using System.Text;
using Millrace.Diagnostics;

namespace Millrace.Sql.Syntax;

/// <summary>
/// The smallest unit of the grammar, with the trivia that stands before it. A token the parser expected and did not
/// find is missing: it has no text, and its span is empty.
/// </summary>
public sealed class SyntaxToken : SyntaxElement
{
    /// <summary>Makes a token whose own text begins at <paramref name="start"/>, behind its trivia.</summary>
    public SyntaxToken(TokenKind kind, string text, int start, IReadOnlyList<SyntaxTrivia> leadingTrivia)
    {
        Kind = kind;
        Text = text;
        LeadingTrivia = leadingTrivia;
        Span = new TextSpan(start, text.Length);
        int triviaLength = leadingTrivia.Sum(t => t.Text.Length);
        FullSpan = new TextSpan(start - triviaLength, triviaLength + text.Length);
    }

    public TokenKind Kind { get; }

    /// <summary>The token as written, quotes included.</summary>
    public string Text { get; }

    public IReadOnlyList<SyntaxTrivia> LeadingTrivia { get; }

    public bool IsMissing => Text.Length == 0 && Kind != TokenKind.EndOfFile;

    public override TextSpan Span { get; }

    public override TextSpan FullSpan { get; }

    public override IEnumerable<SyntaxToken> Tokens => [this];

    internal override int Height => 0;

    /// <summary>
    /// What a name or a string means: without quotes, doubled quotes undone. Other tokens mean their text.
    /// </summary>
    public string Value => Kind switch
    {
        TokenKind.QuotedName => Unquote("`"),
        TokenKind.DoubleQuotedName => Unquote("\""),
        TokenKind.String => StringTokenValue.Of(Text),
        _ => Text,
    };

    /// <summary>Whether this is the bare word, in any case.</summary>
    public bool IsWord(string word) =>
        Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    internal void WriteTo(StringBuilder text)
    {
        foreach (SyntaxTrivia trivia in LeadingTrivia)
        {
            text.Append(trivia.Text);
        }

        text.Append(Text);
    }

    internal SyntaxToken WithLeadingTrivia(IReadOnlyList<SyntaxTrivia> trivia) => new(Kind, Text, Span.Start, trivia);

    private string Unquote(string quote)
    {
        string body = Text.Length > 1 && Text.EndsWith(quote, StringComparison.Ordinal) ? Text[1..^1] : Text[1..];
        return body.Replace(quote + quote, quote, StringComparison.Ordinal);
    }
}
