using Millrace.Diagnostics;
using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>IS, IN, BETWEEN, LIKE, SIMILAR TO.</content>
internal sealed partial class Parser
{
    private ExpressionSyntax ParseIs(ExpressionSyntax operand)
    {
        SyntaxToken @is = AtWord("IS") ? Take() : ReportMissingIs();
        SyntaxToken? not = TryTakeWord("NOT");
        if (AtWord("DISTINCT"))
        {
            SyntaxToken distinct = Take();
            SyntaxToken from = ExpectWord("FROM");
            return new DistinctFromExpressionSyntax(operand, @is, not, distinct, from,
                ParseExpression(Precedence.Additive));
        }

        SyntaxToken? test = TryTakeWord("NULL") ?? TryTakeWord("TRUE") ?? TryTakeWord("FALSE")
            ?? TryTakeWord("UNKNOWN");
        if (test is not null)
        {
            return new IsExpressionSyntax(operand, @is, not, test, null);
        }

        if (TryTakeWord("JSON") is { } json)
        {
            SyntaxToken? kind = TryTakeWord("VALUE") ?? TryTakeWord("OBJECT") ?? TryTakeWord("ARRAY")
                ?? TryTakeWord("SCALAR");
            return new IsExpressionSyntax(operand, @is, not, json, kind);
        }

        Report(SqlSyntaxDiagnostics.IsNeedsTest(Here, Found));
        SyntaxToken missing = Missing(TokenKind.Word);
        if (Current.Kind is TokenKind.String or TokenKind.Number)
        {
            Skip();
        }

        return new IsExpressionSyntax(operand, @is, not, missing, null);
    }

    private SyntaxToken ReportMissingIs()
    {
        TextSpan notNull = TextSpan.FromBounds(Current.Span.Start, Peek(1).Span.End);
        Report(SqlSyntaxDiagnostics.NotNullWithoutIs(new Location(source, notNull)));
        return Missing(TokenKind.Word);
    }

    private ExpressionSyntax ParseInBetweenLike(ExpressionSyntax operand)
    {
        SyntaxToken? not = TryTakeWord("NOT");
        if (AtWord("IN"))
        {
            SyntaxToken @in = Take();
            return new InExpressionSyntax(operand, not, @in, ParseInSet("IN"));
        }

        return AtWord("BETWEEN") ? ParseBetween(operand, not) : ParseLike(operand, not);
    }

    private BetweenExpressionSyntax ParseBetween(ExpressionSyntax operand, SyntaxToken? not)
    {
        SyntaxToken between = Take();
        SyntaxToken? symmetry = TryTakeWord("SYMMETRIC") ?? TryTakeWord("ASYMMETRIC");
        ExpressionSyntax lower = ParseExpression(Precedence.Additive);
        SyntaxToken and = ExpectWord("AND");
        return new BetweenExpressionSyntax(
            operand, not, between, symmetry, lower, and, ParseExpression(Precedence.Additive));
    }

    private LikeExpressionSyntax ParseLike(ExpressionSyntax operand, SyntaxToken? not)
    {
        SyntaxToken like = Take();
        SyntaxToken? to = like.IsWord("SIMILAR") ? ExpectWord("TO") : null;
        ExpressionSyntax pattern = ParseExpression(Precedence.Additive);
        SyntaxToken? escape = TryTakeWord("ESCAPE");
        ExpressionSyntax? character = escape is null ? null : ParseExpression(Precedence.Additive);
        return new LikeExpressionSyntax(operand, not, like, to, pattern, escape, character);
    }

    private InSetSyntax ParseInSet(string what)
    {
        bool isQuery = At(TokenKind.OpenParenthesis) && AtQueryInParentheses();
        SyntaxToken open = Open();
        if (isQuery)
        {
            QuerySyntax query = ParseQuery();
            return new InSetSyntax(open, null, query, Close());
        }

        if (At(TokenKind.CloseParenthesis))
        {
            Report(SqlSyntaxDiagnostics.EmptyList(Here, what));
            return new InSetSyntax(open, NoExpressions(), null, Close());
        }

        SyntaxList<ExpressionSyntax> values = ParseList(ParseExpression);
        return new InSetSyntax(open, values, null, Close());
    }
}
