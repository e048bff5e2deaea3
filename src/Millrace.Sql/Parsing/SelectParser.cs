using Millrace.Diagnostics;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>SELECT and its clauses.</content>
internal sealed partial class Parser
{
    private static readonly string[] SelectClauses = ["FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY"];

    private SelectSyntax ParseSelect()
    {
        SyntaxToken select = AtWord("SELECT") ? Take()
            : Suggestion.Nearest(Current.Text, ["SELECT"]) is not null ? Take() : Missing(TokenKind.Word);
        SyntaxToken? hint = TryTake(TokenKind.Hint);
        SyntaxToken? quantifier = TryTakeWord("DISTINCT") ?? TryTakeWord("ALL");
        SkipTop();
        SyntaxList<SelectItemSyntax> items = select.IsMissing && AtClauseStart()
            ? new SyntaxList<SelectItemSyntax>([new SelectItemSyntax(MissingExpression(), null, null)])
            : ParseSelectItems();
        SelectClauseParts clauses = ParseSelectClauses();
        return new SelectSyntax(
            select,
            hint,
            quantifier,
            items,
            clauses.From,
            clauses.Where,
            clauses.GroupBy,
            clauses.Having,
            clauses.Window,
            clauses.Qualify);
    }

    private SelectClauseParts ParseSelectClauses()
    {
        SelectClauseParts parts = new();
        int stage = 0;
        while (AlignToClause(SelectClauses) is { } clause)
        {
            int place = Array.IndexOf(SelectClauses, clause);
            if (place < stage)
            {
                ReportMisplaced(clause, place, stage);
                SkipClause();
                continue;
            }

            if (place > 0 && parts.From is null)
            {
                Report(SqlSyntaxDiagnostics.ClauseWithoutFrom(Here, ClauseName(clause)));
            }

            ParseSelectClause(clause, parts);
            stage = place + 1;
        }

        return parts;
    }

    private void ParseSelectClause(string clause, SelectClauseParts parts)
    {
        switch (clause)
        {
            case "FROM":
                parts.From = new FromClauseSyntax(Take(), ParseTables());
                break;
            case "WHERE":
                parts.Where = new WhereClauseSyntax(Take(), ParseExpression());
                break;
            case "GROUP":
                parts.GroupBy = ParseGroupBy();
                break;
            case "HAVING":
                parts.Having = new HavingClauseSyntax(Take(), ParseExpression());
                break;
            case "WINDOW":
                parts.Window = new WindowClauseSyntax(Take(), ParseList(ParseNamedWindow));
                break;
            default:
                parts.Qualify = new QualifyClauseSyntax(Take(), ParseExpression());
                break;
        }
    }

    private void ReportMisplaced(string clause, int place, int stage) => Report(place == stage - 1
        ? SqlSyntaxDiagnostics.ClauseTwice(
            Here, ClauseName(clause), clause is "WHERE" or "HAVING" ? "join the conditions with AND"
                : "delete one of them")
        : SqlSyntaxDiagnostics.ClauseOutOfOrder(Here, ClauseName(clause), ClauseName(SelectClauses[stage - 1])));

    private static string ClauseName(string clause) => clause is "GROUP" or "ORDER" ? $"{clause} BY" : clause;

    /// <summary>
    /// The clause of the list that begins here. What neither begins a clause nor can follow the query is reported and
    /// skipped before. Null: the list's part of the query ends here.
    /// </summary>
    private string? AlignToClause(string[] clauses)
    {
        while (true)
        {
            if (Array.Find(clauses, AtWord) is { } clause)
            {
                return clause;
            }

            bool isEnd = AtClauseStart() || At(TokenKind.EndOfFile) || At(TokenKind.Semicolon)
                || (openParentheses > 0 && Current.Kind is TokenKind.CloseParenthesis or TokenKind.Comma);
            if (isEnd)
            {
                return null;
            }

            if (At(TokenKind.CloseParenthesis))
            {
                Report(SqlSyntaxDiagnostics.UnmatchedParenthesis(Here, ")"));
                Skip();
            }
            else if (!TryCorrect())
            {
                Report(Misfit());
                SkipToClause();
            }
        }
    }

    private Diagnostic Misfit()
    {
        if (AtWord("INTO"))
        {
            return SqlSyntaxDiagnostics.ForeignClause(Here, "SELECT … INTO", "the model's name says where its rows go");
        }

        if (AtWord("LATERAL") && Peek(1).IsWord("VIEW"))
        {
            return SqlSyntaxDiagnostics.ForeignClause(Here, "LATERAL VIEW", "write CROSS JOIN UNNEST(a) AS u (x)");
        }

        return At(TokenKind.Minus) && Peek(1).Kind == TokenKind.Word
            ? SqlSyntaxDiagnostics.Unexpected(Here, "-", "a name with - in it needs back-quotes: `my-table`")
            : SqlSyntaxDiagnostics.Unexpected(Here, Found);
    }

    /// <summary>Skips a clause that stands where it must not.</summary>
    private void SkipClause()
    {
        Skip();
        SkipToClause();
    }

    private void SkipTop()
    {
        if (AtWord("TOP") && Peek(1).Kind == TokenKind.Number)
        {
            Report(SqlSyntaxDiagnostics.ForeignClause(Here, "TOP", $"write LIMIT {Peek(1).Text} at the end"));
            Skip();
            Skip();
        }
    }

    private SyntaxList<SelectItemSyntax> ParseSelectItems()
    {
        List<SelectItemSyntax> items = [ParseSelectItem()];
        List<SyntaxElement> all = [items[0]];
        while (AtNextSelectItem() is { } comma)
        {
            all.Add(comma);
            items.Add(ParseSelectItem());
            all.Add(items[^1]);
        }

        return new SyntaxList<SelectItemSyntax>(items, all);
    }

    /// <summary>
    /// The comma before the next item, invented when a name or a literal stands where it should be.
    /// </summary>
    private SyntaxToken? AtNextSelectItem()
    {
        if (At(TokenKind.Comma))
        {
            return Take();
        }

        bool lacksComma = (AtName() && !(At(TokenKind.Word) && Words.NoBareAlias.Contains(Current.Text)))
            || At(TokenKind.Number) || AtWord("CASE") || (AtWord("CAST") && Peek(1).Kind == TokenKind.OpenParenthesis);
        if (!lacksComma || TryCorrect())
        {
            return null;
        }

        Report(SqlSyntaxDiagnostics.MissingComma(Here, Found));
        return Missing(TokenKind.Comma);
    }

    private SelectItemSyntax ParseSelectItem()
    {
        if (At(TokenKind.Star))
        {
            return new SelectItemSyntax(new StarExpressionSyntax(null, null, Take()), null, null);
        }

        ExpressionSyntax expression = ParseExpression();
        if (expression is StarExpressionSyntax)
        {
            return new SelectItemSyntax(expression, null, null);
        }

        (SyntaxToken? @as, SyntaxToken? alias) = ParseAlias();
        return new SelectItemSyntax(expression, @as, alias);
    }

    private NamedWindowSyntax ParseNamedWindow()
    {
        SyntaxToken name = ExpectName("the name of a window");
        return new NamedWindowSyntax(name, ExpectWord("AS"), ParseWindowSpecification());
    }

    /// <summary>The clauses behind the list of columns, as they are found.</summary>
    private sealed class SelectClauseParts
    {
        public FromClauseSyntax? From { get; set; }

        public WhereClauseSyntax? Where { get; set; }

        public GroupByClauseSyntax? GroupBy { get; set; }

        public HavingClauseSyntax? Having { get; set; }

        public WindowClauseSyntax? Window { get; set; }

        public QualifyClauseSyntax? Qualify { get; set; }
    }
}
