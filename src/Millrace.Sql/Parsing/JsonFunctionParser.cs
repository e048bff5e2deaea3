using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql.Parsing;

/// <content>The JSON functions of the SQL standard.</content>
internal sealed partial class Parser
{
    private static readonly string[] JsonClauseStarts =
        ["RETURNING", "NULL", "ERROR", "EMPTY", "DEFAULT", "WITH", "WITHOUT", "ABSENT", "TRUE", "FALSE", "UNKNOWN",
        "ORDER"];

    private JsonFunctionSyntax ParseJsonFunction()
    {
        SyntaxToken keyword = Take();
        SyntaxToken open = Open();
        bool hasMembers = keyword.Text.StartsWith("JSON_OBJECT", StringComparison.OrdinalIgnoreCase);
        SyntaxList<ExpressionSyntax> arguments = At(TokenKind.CloseParenthesis) || AtJsonClause()
            ? NoExpressions()
            : ParseList<ExpressionSyntax>(hasMembers ? ParseJsonMember : ParseExpression);
        List<JsonClauseSyntax> clauses = [];
        while (AtJsonClause())
        {
            clauses.Add(ParseJsonClause());
        }

        SyntaxToken close = Close();
        FilterClauseSyntax? filter = ParseFilter();
        return new JsonFunctionSyntax(
            keyword, open, arguments, new SyntaxList<JsonClauseSyntax>(clauses), close, filter, ParseOver());
    }

    /// <summary>A clause's first word; NULL, TRUE and their like only before ON.</summary>
    private bool AtJsonClause()
    {
        if (!Array.Exists(JsonClauseStarts, AtWord))
        {
            return false;
        }

        bool isValue = AtWord("NULL") || AtWord("TRUE") || AtWord("FALSE") || AtWord("UNKNOWN") || AtWord("ERROR");
        return !isValue || Peek(1).IsWord("ON");
    }

    private ExpressionSyntax ParseJsonMember()
    {
        SyntaxToken? key = AtWord("KEY") && !(Peek(1).IsWord("VALUE") || Peek(1).Kind == TokenKind.Colon) ? Take()
            : null;
        ExpressionSyntax name = ParseExpression();
        SyntaxToken separator = TryTake(TokenKind.Colon) ?? ExpectWord("VALUE");
        return new JsonMemberSyntax(key, name, separator, ParseExpression());
    }

    private JsonClauseSyntax ParseJsonClause()
    {
        if (AtWord("ORDER"))
        {
            return new JsonClauseSyntax(new SyntaxList<SyntaxToken>([]), null, null, ParseOrderBy(), null);
        }

        List<SyntaxToken> words = [Take()];
        ExpressionSyntax? value = null;
        TypeSyntax? type = null;
        List<SyntaxToken> tail = [];
        switch (words[0].Text.ToUpperInvariant())
        {
            case "RETURNING":
                type = ParseType();
                break;
            case "DEFAULT":
                value = ParseExpression();
                tail.AddRange([ExpectWord("ON"), TryTakeWord("EMPTY") ?? ExpectWord("ERROR")]);
                break;
            case "WITH" or "WITHOUT":
                TakeAll(words, "CONDITIONAL", "UNCONDITIONAL", "ARRAY");
                words.Add(ExpectWord("WRAPPER"));
                break;
            default:
                TakeAll(words, "ARRAY", "OBJECT");
                words.Add(ExpectWord("ON"));
                words.Add(TryTakeWord("EMPTY") ?? TryTakeWord("NULL") ?? ExpectWord("ERROR"));
                break;
        }

        return new JsonClauseSyntax(
            new SyntaxList<SyntaxToken>(words), value, type, null, new SyntaxList<SyntaxToken>(tail));
    }

    private void TakeAll(List<SyntaxToken> words, params ReadOnlySpan<string> allowed)
    {
        foreach (string word in allowed)
        {
            if (TryTakeWord(word) is { } token)
            {
                words.Add(token);
            }
        }
    }
}
