using Millrace.Diagnostics;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>The whole text, WITH, set operations, ORDER BY and LIMIT.</content>
internal sealed partial class Parser
{
    private static readonly string[] TailClauses = ["ORDER", "LIMIT", "OFFSET", "FETCH"];

    public static SqlRootSyntax EmptyRoot(SyntaxToken end)
    {
        SyntaxToken missing = new(TokenKind.Word, "", end.FullSpan.Start, []);
        SelectItemSyntax item = new(new MissingExpressionSyntax(missing), null, null);
        SelectSyntax select = new(
            missing, null, null, new SyntaxList<SelectItemSyntax>([item]), null, null, null, null, null, null);
        return new SqlRootSyntax(
            new QuerySyntax(null, select, null, null, null, null), new SyntaxList<SyntaxToken>([]), end);
    }

    public SqlRootSyntax ParseRoot()
    {
        if (At(TokenKind.EndOfFile))
        {
            Report(SqlSyntaxDiagnostics.EmptyText(Here));
            return EmptyRoot(Take());
        }

        QuerySyntax query = ParseQuery();
        List<SyntaxToken> semicolons = [];
        while (!At(TokenKind.EndOfFile))
        {
            if (At(TokenKind.Semicolon))
            {
                semicolons.Add(Take());
                continue;
            }

            ReportRest(semicolons.Count > 0);
        }

        return new SqlRootSyntax(query, new SyntaxList<SyntaxToken>(semicolons), Take());
    }

    private void ReportRest(bool behindSemicolon)
    {
        Report(behindSemicolon ? SqlSyntaxDiagnostics.SecondStatement(Here) : Misfit());
        while (!At(TokenKind.EndOfFile) && (behindSemicolon || !At(TokenKind.Semicolon)))
        {
            Skip();
        }
    }

    private QuerySyntax ParseQuery()
    {
        if (!Enter())
        {
            Leave();
            return EmptyRoot(Missing(TokenKind.EndOfFile)).Query;
        }

        WithClauseSyntax? with = AtWord("WITH") ? ParseWith() : null;
        QueryBodySyntax body = ParseQueryBody();
        QuerySyntax query = ParseQueryTail(with, body);
        Leave();
        return query;
    }

    private QuerySyntax ParseQueryTail(WithClauseSyntax? with, QueryBodySyntax body)
    {
        OrderByClauseSyntax? orderBy = null;
        LimitClauseSyntax? limit = null;
        OffsetClauseSyntax? offset = null;
        FetchClauseSyntax? fetch = null;
        bool limitBeforeOffset = true;
        while (AlignToClause(TailClauses) is { } clause)
        {
            bool isLate = clause == "ORDER" && (limit ?? offset ?? (SyntaxNode?)fetch) is not null;
            bool isSecond = clause switch
            {
                "ORDER" => orderBy is not null,
                "LIMIT" => limit is not null,
                "OFFSET" => offset is not null,
                _ => fetch is not null,
            };
            if (isLate || isSecond || (fetch is not null && clause != "FETCH"))
            {
                Report(isSecond
                    ? SqlSyntaxDiagnostics.ClauseTwice(Here, ClauseName(clause), "delete one of them")
                    : SqlSyntaxDiagnostics.ClauseOutOfOrder(Here, ClauseName(clause), fetch is null ? "LIMIT"
                    : "FETCH"));
                SkipClause();
                continue;
            }

            switch (clause)
            {
                case "ORDER":
                    orderBy = ParseOrderBy();
                    break;
                case "LIMIT":
                    limitBeforeOffset = offset is null;
                    limit = ParseLimit();
                    break;
                case "OFFSET":
                    offset = ParseOffset();
                    break;
                default:
                    fetch = ParseFetch();
                    break;
            }
        }

        return new QuerySyntax(with, body, orderBy, limit, offset, fetch, limitBeforeOffset);
    }

    private WithClauseSyntax ParseWith()
    {
        SyntaxToken with = Take();
        SyntaxToken? recursive = Current.IsWord("RECURSIVE") && IsName(Peek(1)) && !Peek(1).IsWord("AS") ? Take()
            : null;
        return new WithClauseSyntax(with, recursive, ParseList(ParseCommonTableExpression));
    }

    private CommonTableExpressionSyntax ParseCommonTableExpression()
    {
        SyntaxToken name = ExpectName("the name of a query");
        ColumnListSyntax? columns = At(TokenKind.OpenParenthesis) ? ParseColumnList() : null;
        SyntaxToken @as = ExpectWord("AS");
        SyntaxToken open = Open();
        QuerySyntax query = ParseQuery();
        return new CommonTableExpressionSyntax(name, columns, @as, open, query, Close());
    }

    private QueryBodySyntax ParseQueryBody()
    {
        QueryBodySyntax left = ParseIntersection();
        while ((AtWord("UNION") || AtWord("EXCEPT") || AtMinus()) && !IsTooHigh(left))
        {
            SyntaxToken @operator = Take();
            SyntaxToken? quantifier = TryTakeWord("ALL") ?? TryTakeWord("DISTINCT");
            left = new SetOperationSyntax(left, @operator, quantifier, ParseIntersection());
        }

        return left;
    }

    private bool AtMinus()
    {
        if (!AtWord("MINUS") || !(Peek(1).IsWord("SELECT") || Peek(1).Kind == TokenKind.OpenParenthesis))
        {
            return false;
        }

        Report(SqlSyntaxDiagnostics.ForeignClause(Here, "MINUS", "write EXCEPT"));
        return true;
    }

    private QueryBodySyntax ParseIntersection()
    {
        QueryBodySyntax left = ParseQueryPrimary();
        while (AtWord("INTERSECT") && !IsTooHigh(left))
        {
            SyntaxToken @operator = Take();
            SyntaxToken? quantifier = TryTakeWord("ALL") ?? TryTakeWord("DISTINCT");
            left = new SetOperationSyntax(left, @operator, quantifier, ParseQueryPrimary());
        }

        return left;
    }

    private QueryBodySyntax ParseQueryPrimary()
    {
        if (AtWord("SELECT"))
        {
            return ParseSelect();
        }

        if (AtWord("VALUES"))
        {
            return new ValuesSyntax(Take(), ParseList(ParseExpression));
        }

        if (AtWord("TABLE"))
        {
            return new TableQuerySyntax(Take(), ParseName("the name of a table"));
        }

        if (At(TokenKind.OpenParenthesis))
        {
            SyntaxToken open = Open();
            QuerySyntax query = ParseQuery();
            return new ParenthesizedQuerySyntax(open, query, Close());
        }

        return ParseMisfitQuery();
    }

    /// <summary>
    /// Whatever does not begin a query is read as a SELECT without its keyword, so that the rest makes sense.
    /// </summary>
    private QueryBodySyntax ParseMisfitQuery()
    {
        Report(AtWord("FROM") ? SqlSyntaxDiagnostics.FromFirst(Here)
            : Suggestion.Nearest(Current.Text, ["SELECT"]) is not null
                ? SqlSyntaxDiagnostics.MisspeltKeyword(Here, Current.Text, "SELECT")
                : SqlSyntaxDiagnostics.NotAQuery(Here, Found));
        return ParseSelect();
    }

    private OrderByClauseSyntax ParseOrderBy()
    {
        SyntaxToken order = Take();
        SyntaxToken by = ExpectWord("BY");
        return new OrderByClauseSyntax(order, by, ParseList(ParseOrderItem));
    }

    private OrderItemSyntax ParseOrderItem()
    {
        ExpressionSyntax expression = ParseExpression();
        SyntaxToken? direction = TryTakeWord("ASC") ?? TryTakeWord("DESC");
        SyntaxToken? nulls = TryTakeWord("NULLS");
        SyntaxToken? firstOrLast = nulls is null ? null : TryTakeWord("FIRST") ?? ExpectWord("LAST");
        return new OrderItemSyntax(expression, direction, nulls, firstOrLast);
    }

    private LimitClauseSyntax ParseLimit()
    {
        SyntaxToken limit = Take();
        LimitClauseSyntax clause = new(limit, TryTakeWord("ALL") ?? ExpectCount("LIMIT"));
        if (At(TokenKind.Comma))
        {
            Report(SqlSyntaxDiagnostics.Unexpected(Here, "a comma", "write LIMIT count OFFSET start"));
            SkipToClause();
        }

        return clause;
    }

    private OffsetClauseSyntax ParseOffset()
    {
        SyntaxToken offset = Take();
        SyntaxToken count = ExpectCount("OFFSET");
        return new OffsetClauseSyntax(offset, count, TryTakeWord("ROWS") ?? TryTakeWord("ROW"));
    }

    private FetchClauseSyntax ParseFetch()
    {
        SyntaxToken fetch = Take();
        SyntaxToken first = TryTakeWord("NEXT") ?? ExpectWord("FIRST");
        SyntaxToken count = ExpectCount("FETCH FIRST");
        SyntaxToken rows = TryTakeWord("ROW") ?? ExpectWord("ROWS");
        return new FetchClauseSyntax(fetch, first, count, rows, ExpectWord("ONLY"));
    }

    private SyntaxToken ExpectCount(string clause)
    {
        if (At(TokenKind.Number) && Current.Text.All(char.IsAsciiDigit))
        {
            SyntaxToken count = Take();
            bool isExpression = Current.Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.Star or TokenKind.Slash;
            if (isExpression)
            {
                Report(SqlSyntaxDiagnostics.NeedsNumber(Here, clause, "an expression"));
                SkipToClause();
            }

            return count;
        }

        Report(SqlSyntaxDiagnostics.NeedsNumber(Here, clause, Found));
        SyntaxToken missing = Missing(TokenKind.Number);
        SkipToClause();
        return missing;
    }
}
