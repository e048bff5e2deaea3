using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>Names and aliases.</content>
internal sealed partial class Parser
{
    private static bool IsName(SyntaxToken token) => token.Kind switch
    {
        TokenKind.QuotedName or TokenKind.DoubleQuotedName => true,
        TokenKind.Word => !Words.Reserved.Contains(token.Text),
        _ => false,
    };

    private bool AtName() => IsName(Current) && !corrections.ContainsKey(index);

    /// <summary>A name that must be there. A keyword that plainly is meant as one is reported, and taken.</summary>
    private SyntaxToken ExpectName(string what)
    {
        if (AtName())
        {
            return Take();
        }

        if (AtKeywordMeantAsName())
        {
            Report(SqlSyntaxDiagnostics.ReservedWord(Here, Current.Text));
            return Take();
        }

        return ReportMissing(TokenKind.Word, what);
    }

    /// <summary>
    /// SELECT group FROM t: behind the keyword stands what follows a name, not what follows the keyword.
    /// </summary>
    private bool AtKeywordMeantAsName() => Current.Kind == TokenKind.Word
        && !corrections.ContainsKey(index)
        && Words.Reserved.Contains(Current.Text)
        && !AtWord("SELECT")
        && (Peek(1).Kind is TokenKind.Comma or TokenKind.Dot or TokenKind.Equal
            || Peek(1).IsWord("AS")
            || (Peek(1).IsWord("FROM") && !AtWord("DISTINCT") && !AtWord("FROM"))
            || (Peek(1).Kind is TokenKind.EndOfFile or TokenKind.CloseParenthesis
            && tokens[Math.Max(0, index - 1)].IsWord("AS")));

    private NameSyntax ParseName(string what)
    {
        List<SyntaxToken> parts = [ExpectName(what)];
        List<SyntaxElement> all = [parts[0]];
        while (At(TokenKind.Dot) && Peek(1).Kind != TokenKind.Star)
        {
            all.Add(Take());
            parts.Add(TakeAfterDot());
            all.Add(parts[^1]);
        }

        return new NameSyntax(new SyntaxList<SyntaxToken>(parts, all));
    }

    /// <summary>Behind a dot every word is a name: nothing else could stand there.</summary>
    private SyntaxToken TakeAfterDot() =>
        (At(TokenKind.Word) && !AtWord("FROM")) || AtName() ? Take()
            : ReportMissing(TokenKind.Word, "a name behind the dot");

    private (SyntaxToken? As, SyntaxToken? Name) ParseAlias()
    {
        if (TryTakeWord("AS") is { } @as)
        {
            return (@as, ExpectName("an alias behind AS"));
        }

        bool isAlias = AtName()
            && !(At(TokenKind.Word) && Words.NoBareAlias.Contains(Current.Text))
            && Peek(1).Kind != TokenKind.Dot
            && !AtForeignWordOperator()
            && !TryCorrect();
        return (null, isAlias ? Take() : null);
    }

    private ColumnListSyntax ParseColumnList()
    {
        SyntaxToken open = Open();
        SyntaxList<SyntaxToken> names = ParseList(() => ExpectName("a column's name"));
        return new ColumnListSyntax(open, names, Close());
    }

    /// <summary>One or more items with commas between.</summary>
    private SyntaxList<T> ParseList<T>(Func<T> parseItem)
        where T : SyntaxElement
    {
        List<T> items = [parseItem()];
        List<SyntaxElement> all = [items[0]];
        while (TryTake(TokenKind.Comma) is { } comma)
        {
            all.Add(comma);
            items.Add(parseItem());
            all.Add(items[^1]);
        }

        return new SyntaxList<T>(items, all);
    }
}
