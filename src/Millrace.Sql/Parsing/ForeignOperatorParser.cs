using Millrace.Sql.Syntax;

namespace Millrace.Sql.Parsing;

/// <content>Operators of other dialects that are words: read as operators, and reported.</content>
internal sealed partial class Parser
{
    private static readonly (string Word, string Help)[] ForeignWordOperators =
    [
        ("ILIKE", "write UPPER(x) LIKE UPPER(pattern)"),
        ("RLIKE", "write REGEXP(x, 'pattern')"),
        ("REGEXP", "write REGEXP(x, 'pattern')"),
        ("GLOB", "write x LIKE 'pattern' with % and _"),
        ("DIV", "the quotient of whole numbers is whole: write a / b"),
        ("MOD", "write MOD(a, b) or a % b"),
        ("XOR", "write a <> b"),
    ];

    /// <summary>Such a word with an operand behind it; before anything else it is a name.</summary>
    private bool AtForeignWordOperator() =>
        At(TokenKind.Word) && Array.Exists(ForeignWordOperators, o => AtWord(o.Word)) && StartsOperand(Peek(1));

    private static bool StartsOperand(SyntaxToken token) =>
        token.Kind is TokenKind.String or TokenKind.Number or TokenKind.OpenParenthesis
        || (IsName(token) && !Words.NoBareAlias.Contains(token.Text) && !Words.ClauseStarts.Contains(token.Text));

    private void ReportForeignWordOperator()
    {
        if (At(TokenKind.Word) && Array.Find(ForeignWordOperators, o => AtWord(o.Word)) is { Word: not null } found)
        {
            Report(SqlSyntaxDiagnostics.ForeignOperator(Here, found.Word, found.Help));
        }
    }
}
