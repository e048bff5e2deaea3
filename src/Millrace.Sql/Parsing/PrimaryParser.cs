using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>Operands: names, calls, parentheses, constructors.</content>
internal sealed partial class Parser
{
    private ExpressionSyntax ParsePrimary() => Current.Kind switch
    {
        TokenKind.Number => new NumberLiteralSyntax(Take()),
        TokenKind.String => ParseString(),
        TokenKind.BinaryString => ParseBinaryString(),
        TokenKind.OpenParenthesis => ParseParentheses(),
        TokenKind.QuotedName or TokenKind.DoubleQuotedName => ParseNameOrCall(),
        TokenKind.Word when !corrections.ContainsKey(index) => ParseWord(),
        _ => ReportMissingExpression(),
    };

    private ExpressionSyntax ParseWord() => Current.Text.ToUpperInvariant() switch
    {
        "TRUE" or "FALSE" or "UNKNOWN" or "NULL" => new KeywordLiteralSyntax(Take()),
        "CASE" => ParseCase(),
        "EXISTS" => ParseExists(),
        "DATE" or "TIME" or "TIMESTAMP" when Peek(1).Kind == TokenKind.String => new TimeLiteralSyntax(Take(), Take()),
        "INTERVAL" when AtIntervalLiteral() => ParseInterval(),
        "ROW" when Peek(1).Kind == TokenKind.OpenParenthesis => ParseRow(Take()),
        "ARRAY" or "MAP" or "MULTISET" when Peek(1).Kind == TokenKind.OpenBracket => ParseCollection(),
        "ARRAY" or "MAP" or "MULTISET" when Peek(1).Kind == TokenKind.OpenParenthesis => ParseCollectionQuery(),
        "TABLE" when IsName(Peek(1)) || Peek(1).Kind == TokenKind.OpenParenthesis => ParseTableArgument(),
        _ when Peek(1).Kind == TokenKind.OpenParenthesis => ParseWordCall(),
        _ => ParseNameOrMissing(),
    };

    private ExpressionSyntax ParseNameOrMissing() =>
        AtName() || AtKeywordMeantAsName() ? ParseNameOrCall() : ReportMissingExpression();

    private MissingExpressionSyntax ReportMissingExpression()
    {
        Report(SqlSyntaxDiagnostics.Expected(Here, "an expression", Found));
        MissingExpressionSyntax missing = MissingExpression();
        bool isLonelyOperator =
            Current.Kind is TokenKind.Star or TokenKind.Slash or TokenKind.Percent or TokenKind.Concat
            or TokenKind.Colon or TokenKind.Arrow or TokenKind.Dot or TokenKind.Equal or TokenKind.NotEqual
            or TokenKind.Hint;
        if (isLonelyOperator)
        {
            Skip();
        }

        return missing;
    }

    private ExpressionSyntax ParseNameOrCall()
    {
        NameSyntax name = ParseName("a name");
        if (At(TokenKind.Dot))
        {
            SyntaxToken dot = Take();
            return new StarExpressionSyntax(name, dot, Expect(TokenKind.Star, "*"));
        }

        return At(TokenKind.OpenParenthesis) ? ParseCall(name) : new NameExpressionSyntax(name);
    }

    private ExpressionSyntax ParseParentheses()
    {
        if (AtQueryInParentheses())
        {
            SubqueryExpressionSyntax query = ParseSubquery();
            return AtWords("PARTITION", "BY") ? ParseTableArgument(null, null, query) : query;
        }

        SyntaxToken open = Open();
        SyntaxList<ExpressionSyntax> values = ParseList(ParseExpression);
        SyntaxToken close = Close();
        return values.Count == 1
            ? new ParenthesizedExpressionSyntax(open, values[0], close)
            : new RowExpressionSyntax(null, open, values, close);
    }

    private SubqueryExpressionSyntax ParseSubquery()
    {
        SyntaxToken open = Open();
        QuerySyntax query = ParseQuery();
        return new SubqueryExpressionSyntax(open, query, Close());
    }

    private ExpressionSyntax ParseExists()
    {
        SyntaxToken exists = Take();
        return new ExistsExpressionSyntax(exists, ParseSubquery());
    }

    private RowExpressionSyntax ParseRow(SyntaxToken row)
    {
        SyntaxToken open = Open();
        SyntaxList<ExpressionSyntax> values =
            At(TokenKind.CloseParenthesis) ? NoExpressions() : ParseList(ParseExpression);
        return new RowExpressionSyntax(row, open, values, Close());
    }

    private CollectionExpressionSyntax ParseCollection()
    {
        SyntaxToken keyword = Take();
        SyntaxToken open = Take();
        SyntaxList<ExpressionSyntax> elements =
            At(TokenKind.CloseBracket) ? NoExpressions() : ParseList(ParseExpression);
        return new CollectionExpressionSyntax(keyword, open, elements, Expect(TokenKind.CloseBracket, "]"));
    }

    private ExpressionSyntax ParseCollectionQuery()
    {
        if (Peek(2).IsWord("SELECT") || Peek(2).IsWord("WITH") || Peek(2).IsWord("VALUES"))
        {
            SyntaxToken keyword = Take();
            return new CollectionQuerySyntax(keyword, ParseSubquery());
        }

        return ParseNameOrCall();
    }

    private CaseExpressionSyntax ParseCase()
    {
        SyntaxToken @case = Take();
        ExpressionSyntax? operand = AtWord("WHEN") || AtWord("ELSE") || AtWord("END") ? null : ParseExpression();
        List<WhenClauseSyntax> branches = [];
        while (AtWord("WHEN"))
        {
            SyntaxToken when = Take();
            SyntaxList<ExpressionSyntax> tests = ParseList(ParseExpression);
            SyntaxToken then = ExpectWord("THEN");
            branches.Add(new WhenClauseSyntax(when, tests, then, ParseExpression()));
        }

        if (branches.Count == 0)
        {
            Report(SqlSyntaxDiagnostics.CaseWithoutWhen(LocationOf(@case)));
        }

        ElseClauseSyntax? @else = AtWord("ELSE") ? new ElseClauseSyntax(Take(), ParseExpression()) : null;
        return new CaseExpressionSyntax(
            @case, operand, new SyntaxList<WhenClauseSyntax>(branches), @else, ExpectWord("END"));
    }
}
