using Millrace.Diagnostics;
using Millrace.Sql.Syntax;

namespace Millrace.Sql.Parsing;

/// <content>How the parser speaks of tokens, and which spelling mistakes it sees through.</content>
internal sealed partial class Parser
{
    private static readonly string[] ClauseWords =
        ["FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "UNION", "JOIN", "LEFT", "INNER"];

    private Location Here => LocationOf(Current);

    /// <summary>The current token as a message names it.</summary>
    private string Found => Describe(Current);

    private Location LocationOf(SyntaxElement element) => new(source, element.Span);

    private void Report(Diagnostic diagnostic)
    {
        int start = diagnostic.Location?.Span.Start ?? 0;
        if (!isSilent && !diagnostics.Items.Any(d => d.Location?.Span.Start == start))
        {
            diagnostics.Add(diagnostic);
        }
    }

    private static string Describe(SyntaxToken token) => token.Kind switch
    {
        TokenKind.EndOfFile => "the end of the query",
        TokenKind.Word when Words.Reserved.Contains(token.Text) => $"the keyword {token.Text.ToUpperInvariant()}",
        TokenKind.String => "a text",
        TokenKind.Hint => "a hint",
        TokenKind.Number => $"the number {token.Text}",
        _ => token.Text,
    };

    /// <summary>
    /// Whether the current word is a clause's keyword misspelt. A word that may be an alias is one when what follows
    /// it could not follow an alias: FORM t, WERE id = 1.
    /// </summary>
    private bool TryCorrect()
    {
        if (Current.Kind != TokenKind.Word || corrections.ContainsKey(index)
            || Words.Reserved.Contains(Current.Text) || Words.NoBareAlias.Contains(Current.Text)
            || CouldFollowAlias(Peek(1)))
        {
            return false;
        }

        string? meant = Suggestion.Nearest(Current.Text, ClauseWords);
        bool needsBy = meant is "GROUP" or "ORDER";
        bool needsJoin = meant is "LEFT" or "INNER";
        if (meant is null || (needsBy && !Peek(1).IsWord("BY"))
            || (needsJoin && !Peek(1).IsWord("JOIN") && !Peek(1).IsWord("OUTER")))
        {
            return false;
        }

        Report(SqlSyntaxDiagnostics.MisspeltKeyword(Here, Current.Text, meant));
        corrections[index] = meant;
        return true;
    }

    private static bool CouldFollowAlias(SyntaxToken token) => token.Kind switch
    {
        TokenKind.EndOfFile or TokenKind.Comma or TokenKind.Semicolon
            or TokenKind.OpenParenthesis or TokenKind.CloseParenthesis => true,
        TokenKind.Word => Words.ClauseStarts.Contains(token.Text) || Words.JoinWords.Contains(token.Text)
            || Words.NoBareAlias.Contains(token.Text),
        _ => false,
    };
}
