using System.Text;
using Millrace.Diagnostics;

namespace Millrace.Sql.Syntax;

/// <summary>
/// A node or a token of the lossless syntax tree. Immutable. The texts of all tokens with their trivia, in order, are
/// the source text to the last character: that is what <see cref="ToFullString"/> gives for the root.
/// </summary>
public abstract class SyntaxElement
{
    /// <summary>
    /// Where it stands in the source text, without the trivia before it. Empty for what the parser had to invent.
    /// </summary>
    public abstract TextSpan Span { get; }

    /// <summary>The span with the trivia before it.</summary>
    public abstract TextSpan FullSpan { get; }

    /// <summary>The tokens below, in text order; a token is its own only token.</summary>
    public abstract IEnumerable<SyntaxToken> Tokens { get; }

    /// <summary>
    /// Levels of nodes below and including this; a token has none. The parser keeps it bounded, so recursion is safe.
    /// </summary>
    internal abstract int Height { get; }

    /// <summary>The text with all trivia, as it stands in the source.</summary>
    public string ToFullString()
    {
        StringBuilder text = new(FullSpan.Length);
        foreach (SyntaxToken token in Tokens)
        {
            token.WriteTo(text);
        }

        return text.ToString();
    }

    /// <summary>The text without the trivia before its first token.</summary>
    public override string ToString()
    {
        string text = ToFullString();
        return text[Math.Min(text.Length, Span.Start - FullSpan.Start)..];
    }
}
