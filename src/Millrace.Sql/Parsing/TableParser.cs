using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;
using Millrace.Sql.Syntax.Tables;

namespace Millrace.Sql.Parsing;

/// <content>What stands in FROM, joins apart.</content>
internal sealed partial class Parser
{
    private TableReferenceSyntax ParseTablePrimary()
    {
        TableReferenceSyntax table = ParseTableWithoutSuffix();
        while (AtTableSuffix() is { } suffix)
        {
            Report(SqlSupportDiagnostics.ClauseNotSupported(Here, suffix));
            SkipSuffix();
        }

        return table;
    }

    private TableReferenceSyntax ParseTableWithoutSuffix()
    {
        if (At(TokenKind.OpenParenthesis))
        {
            return AtQueryInParentheses() ? ParseDerivedTable(null) : ParseParenthesizedTable();
        }

        SyntaxToken? lateral = AtWord("LATERAL")
            && (Peek(1).Kind == TokenKind.OpenParenthesis || Peek(1).IsWord("TABLE")
            || Peek(2).Kind == TokenKind.OpenParenthesis)
            ? Take() : null;
        if (lateral is not null && At(TokenKind.OpenParenthesis))
        {
            return ParseDerivedTable(lateral);
        }

        if (AtWord("TABLE") && Peek(1).Kind == TokenKind.OpenParenthesis)
        {
            SyntaxToken table = Take();
            SyntaxToken open = Open();
            ExpressionSyntax call = ParseExpression();
            SyntaxToken close = Close();
            return new TableFunctionSyntax(lateral, table, open, call, close, ParseTableAlias());
        }

        if (AtWord("UNNEST") && Peek(1).Kind == TokenKind.OpenParenthesis)
        {
            return ParseUnnest();
        }

        if (AtTableFunction())
        {
            return new TableFunctionSyntax(lateral, null, null, ParsePrimary(), null, ParseTableAlias());
        }

        return ParseNamedTable();
    }

    /// <summary>A name, perhaps with dots, and a parenthesis.</summary>
    private bool AtTableFunction()
    {
        int ahead = 1;
        while (Peek(ahead).Kind == TokenKind.Dot)
        {
            ahead += 2;
        }

        return AtName() && Peek(ahead).Kind == TokenKind.OpenParenthesis;
    }

    private NamedTableSyntax ParseNamedTable()
    {
        NameSyntax name = ParseName("a table");
        SyntaxToken? hint = TryTake(TokenKind.Hint);
        SystemTimeSyntax? systemTime = AtWords("FOR", "SYSTEM_TIME") ? ParseSystemTime() : null;
        TableAliasSyntax? alias = ParseTableAlias();
        if (AtWords("FOR", "SYSTEM_TIME"))
        {
            Report(SqlSyntaxDiagnostics.AliasBeforeSystemTime(Here, alias?.Name.Text ?? "t"));
            SkipToJoin();
        }

        return new NamedTableSyntax(name, hint, systemTime, alias);
    }

    private SystemTimeSyntax ParseSystemTime()
    {
        SyntaxToken @for = Take();
        SyntaxToken systemTime = Take();
        if (AtWord("AS"))
        {
            SyntaxToken @as = Take();
            return new SystemTimeSyntax(@for, systemTime, @as, ExpectWord("OF"), ParseExpression(Precedence.Additive));
        }

        Report(SqlSyntaxDiagnostics.SystemTimeOnlyAsOf(Here, Found));
        SyntaxToken missing = Missing(TokenKind.Word);
        SystemTimeSyntax clause = new(@for, systemTime, missing, missing, MissingExpression());
        SkipToJoin();
        return clause;
    }

    private TableAliasSyntax? ParseTableAlias()
    {
        (SyntaxToken? @as, SyntaxToken? name) = ParseAlias();
        return name is null
            ? null
            : new TableAliasSyntax(@as, name, At(TokenKind.OpenParenthesis) ? ParseColumnList() : null);
    }

    private DerivedTableSyntax ParseDerivedTable(SyntaxToken? lateral)
    {
        SyntaxToken open = Open();
        QuerySyntax query = ParseQuery();
        SyntaxToken close = Close();
        if (AtWords("FOR", "SYSTEM_TIME"))
        {
            Report(SqlSyntaxDiagnostics.SystemTimeOnQuery(Here));
            SkipToJoin();
        }

        return new DerivedTableSyntax(lateral, open, query, close, ParseTableAlias());
    }

    private TableReferenceSyntax ParseParenthesizedTable()
    {
        if (!Enter())
        {
            Leave();
            return new NamedTableSyntax(ParseName("a table"), null, null, null);
        }

        SyntaxToken open = Open();
        TableReferenceSyntax table = ParseTables();
        ParenthesizedTableSyntax result = new(open, table, Close());
        Leave();
        return result;
    }

    private UnnestSyntax ParseUnnest()
    {
        SyntaxToken unnest = Take();
        SyntaxToken open = Open();
        SyntaxList<ExpressionSyntax> collections = ParseList(ParseExpression);
        SyntaxToken close = Close();
        SyntaxToken? with = AtWords("WITH", "ORDINALITY") ? Take() : null;
        SyntaxToken? ordinality = with is null ? null : Take();
        return new UnnestSyntax(unnest, open, collections, close, with, ordinality, ParseTableAlias());
    }

    private string? AtTableSuffix() =>
        AtWord("MATCH_RECOGNIZE") ? "MATCH_RECOGNIZE"
        : AtWord("TABLESAMPLE") ? "TABLESAMPLE"
        : AtWord("PIVOT") ? "PIVOT"
        : AtWord("UNPIVOT") ? "UNPIVOT"
        : null;

    private void SkipSuffix()
    {
        Skip();
        int level = 0;
        do
        {
            level += Current.Kind switch { TokenKind.OpenParenthesis => 1, TokenKind.CloseParenthesis => -1, _ => 0 };
            if (level >= 0)
            {
                Skip();
            }
        }
        while ((level > 0 || At(TokenKind.OpenParenthesis)) && !At(TokenKind.EndOfFile));
        while (AtWord("AS") || (AtName() && !AtAny(Words.NoBareAlias) && !AtAny(Words.ClauseStarts)))
        {
            Skip();
        }
    }

    private void SkipToJoin()
    {
        while (!At(TokenKind.EndOfFile) && !At(TokenKind.CloseParenthesis) && !AtClauseStart()
            && !AtAny(Words.JoinWords))
        {
            Skip();
        }
    }

    /// <summary>Whether the parenthesis here holds a query rather than a value or a joined table.</summary>
    private bool AtQueryInParentheses()
    {
        int ahead = 1;
        while (Peek(ahead).Kind == TokenKind.OpenParenthesis)
        {
            ahead++;
        }

        SyntaxToken first = Peek(ahead);
        bool isQuery = first.IsWord("SELECT") || first.IsWord("WITH")
            || (first.IsWord("VALUES")
            && (Peek(ahead + 1).Kind is TokenKind.OpenParenthesis or TokenKind.Number or TokenKind.String
                || Peek(ahead + 1).IsWord("ROW")))
            || (first.IsWord("TABLE") && IsName(Peek(ahead + 1)));
        return isQuery && (ahead == 1 || IsQueryBehind(ahead));
    }

    /// <summary>((SELECT …) UNION …) is a query, ((SELECT …) a JOIN b) and ((SELECT …) + 1) are not.</summary>
    private bool IsQueryBehind(int ahead)
    {
        int level = 1;
        int i = ahead;
        for (; level > 0 && Peek(i).Kind != TokenKind.EndOfFile; i++)
        {
            level += Peek(i).Kind switch { TokenKind.OpenParenthesis => 1, TokenKind.CloseParenthesis => -1, _ => 0 };
        }

        SyntaxToken next = Peek(i);
        return next.Kind == TokenKind.CloseParenthesis
            || (next.Kind == TokenKind.Word && Words.ClauseStarts.Contains(next.Text));
    }
}
