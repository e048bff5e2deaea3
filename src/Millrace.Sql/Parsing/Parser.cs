using Millrace.Diagnostics;
using Millrace.Sql.Syntax;

namespace Millrace.Sql.Parsing;

/// <summary>
/// Recursive descent for queries, tables and types, precedence climbing for expressions. Errors never stop it: a
/// token that is missing is invented, one that does not fit is skipped into the trivia of the next, and one place is
/// reported only once.  </summary>
internal sealed partial class Parser(
    SourceText source, IReadOnlyList<SyntaxToken> tokens, DiagnosticBag diagnostics)
{
    /// <summary>How deep queries, parentheses, calls and types may nest.</summary>
    internal const int MaxDepth = 256;

    /// <summary>How high a tree may grow along chains such as a + b + c …, which nest to the left.</summary>
    private const int MaxHeight = 1200;

    private readonly List<SyntaxTrivia> skipped = [];
    private readonly Dictionary<int, string> corrections = [];
    private int skippedLength;
    private int index;
    private int depth;
    private int openParentheses;
    private bool isSilent;

    private SyntaxToken Current => tokens[index];

    private SyntaxToken Peek(int ahead) => tokens[Math.Min(index + ahead, tokens.Count - 1)];

    private bool At(TokenKind kind) => Current.Kind == kind;

    private bool AtWord(string word) =>
        corrections.TryGetValue(index, out string? meant) ? meant == word : Current.IsWord(word);

    private bool AtWords(string first, string second) => AtWord(first) && Peek(1).IsWord(second);

    private SyntaxToken Take()
    {
        SyntaxToken token = Current;
        if (skipped.Count > 0)
        {
            token = token.WithLeadingTrivia([.. skipped, .. token.LeadingTrivia]);
            skipped.Clear();
            skippedLength = 0;
        }

        if (index < tokens.Count - 1)
        {
            index++;
        }

        return token;
    }

    private SyntaxToken? TryTake(TokenKind kind) => At(kind) ? Take() : null;

    private SyntaxToken? TryTakeWord(string word) => AtWord(word) ? Take() : null;

    private SyntaxToken Expect(TokenKind kind, string what) => At(kind) ? Take() : ReportMissing(kind, what);

    private SyntaxToken ExpectWord(string word) => AtWord(word) ? Take() : ReportMissing(TokenKind.Word, word);

    private SyntaxToken Open()
    {
        openParentheses++;
        return Expect(TokenKind.OpenParenthesis, "(");
    }

    private SyntaxToken Close()
    {
        openParentheses--;
        return Expect(TokenKind.CloseParenthesis, ")");
    }

    private SyntaxToken ReportMissing(TokenKind kind, string what)
    {
        Report(SqlSyntaxDiagnostics.Expected(Here, what, Found));
        return Missing(kind);
    }

    /// <summary>A token without text, right behind the last one.</summary>
    private SyntaxToken Missing(TokenKind kind) => new(kind, "", Current.FullSpan.Start - skippedLength, []);

    /// <summary>Moves the current token into the trivia of the next.</summary>
    private void Skip()
    {
        if (At(TokenKind.EndOfFile))
        {
            return;
        }

        skipped.AddRange(Current.LeadingTrivia);
        skipped.Add(new SyntaxTrivia(TriviaKind.Skipped, Current.Text));
        skippedLength += Current.FullSpan.Length;
        index++;
    }

    /// <summary>Skips to a word that begins a clause, or to what closes the parentheses we are in.</summary>
    private void SkipToClause()
    {
        int level = 0;
        while (!At(TokenKind.EndOfFile) && !At(TokenKind.Semicolon))
        {
            if (level == 0 && (AtClauseStart() || (At(TokenKind.CloseParenthesis) && openParentheses > 0)))
            {
                return;
            }

            level += Current.Kind switch
            {
                TokenKind.OpenParenthesis => 1,
                TokenKind.CloseParenthesis => level > 0 ? -1 : 0,
                _ => 0,
            };
            Skip();
        }
    }

    private bool AtClauseStart() => AtAny(Words.ClauseStarts);

    private bool AtAny(IReadOnlySet<string> words) =>
        corrections.TryGetValue(index, out string? meant)
            ? words.Contains(meant)
            : Current.Kind == TokenKind.Word && words.Contains(Current.Text);

    /// <summary>
    /// Counts a level of nesting; when it is one too many, reports it and skips the rest of the text.
    /// </summary>
    private bool Enter()
    {
        depth++;
        if (depth <= MaxDepth)
        {
            return true;
        }

        GiveUp();
        return false;
    }

    private void Leave() => depth--;

    private bool IsTooHigh(SyntaxNode node)
    {
        if (node.Height <= MaxHeight)
        {
            return false;
        }

        GiveUp();
        return true;
    }

    private void GiveUp()
    {
        Report(SqlSyntaxDiagnostics.TooDeep(Here));
        isSilent = true;
        while (!At(TokenKind.EndOfFile))
        {
            Skip();
        }
    }
}
