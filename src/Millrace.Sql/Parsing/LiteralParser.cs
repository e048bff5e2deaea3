using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Parsing;

/// <content>Texts and intervals.</content>
internal sealed partial class Parser
{
    private StringLiteralSyntax ParseString()
    {
        SyntaxList<SyntaxToken> pieces = ParsePieces(TokenKind.String);
        SyntaxToken? uescape = AtWord("UESCAPE") && Peek(1).Kind == TokenKind.String ? Take() : null;
        SyntaxToken? character = uescape is null ? null : Take();
        StringLiteralSyntax literal = new(pieces, uescape, character);
        bool isUnicode = pieces[0].Text.StartsWith("U&", StringComparison.OrdinalIgnoreCase);
        char escape = character?.Value is [char c] ? c : '\\';
        if (isUnicode && StringTokenValue.Unicode(pieces[0].Value, escape) is null)
        {
            Report(SqlSyntaxDiagnostics.BadUnicodeEscape(LocationOf(literal)));
        }

        return literal;
    }

    private BinaryStringLiteralSyntax ParseBinaryString() => new(ParsePieces(TokenKind.BinaryString));

    /// <summary>Texts on several lines are one.</summary>
    private SyntaxList<SyntaxToken> ParsePieces(TokenKind kind)
    {
        List<SyntaxToken> pieces = [Take()];
        while (At(TokenKind.String) && Current.Text.StartsWith('\''))
        {
            if (!Current.LeadingTrivia.Any(t => t.Text.Contains('\n', StringComparison.Ordinal)))
            {
                Report(SqlSyntaxDiagnostics.TextsOnOneLine(Here));
            }

            pieces.Add(Take());
        }

        return new SyntaxList<SyntaxToken>(pieces);
    }

    /// <summary>INTERVAL with a value and a unit behind it; else it is a name.</summary>
    private bool AtIntervalLiteral()
    {
        SyntaxToken next = Peek(1);
        bool isSigned = next.Kind is TokenKind.Plus or TokenKind.Minus && Peek(2).Kind == TokenKind.String;
        bool isValue = next.Kind is TokenKind.String or TokenKind.Number or TokenKind.OpenParenthesis
            || (IsName(next) && (Peek(2).Kind == TokenKind.Dot || Words.IntervalUnits.Contains(Peek(2).Text)));
        return isSigned || isValue;
    }

    private IntervalExpressionSyntax ParseInterval()
    {
        SyntaxToken interval = Take();
        SyntaxToken? sign = TryTake(TokenKind.Minus) ?? TryTake(TokenKind.Plus);
        ExpressionSyntax value = ParsePostfix(ParsePrimary());
        return new IntervalExpressionSyntax(interval, sign, value, ParseIntervalQualifier());
    }

    private IntervalQualifierSyntax ParseIntervalQualifier()
    {
        IntervalFieldSyntax start = ParseIntervalField();
        SyntaxToken? to = TryTakeWord("TO");
        return new IntervalQualifierSyntax(start, to, to is null ? null : ParseIntervalField());
    }

    private IntervalFieldSyntax ParseIntervalField()
    {
        SyntaxToken unit = ExpectUnit();
        if (!At(TokenKind.OpenParenthesis) || unit.IsMissing)
        {
            return new IntervalFieldSyntax(unit, null, null, null);
        }

        SyntaxToken open = Open();
        SyntaxList<SyntaxToken> precisions = ParseList(() => Expect(TokenKind.Number, "a number of digits"));
        return new IntervalFieldSyntax(unit, open, precisions, Close());
    }

    private SyntaxToken ExpectUnit()
    {
        if (AtAny(Words.IntervalUnits))
        {
            return Take();
        }

        string[] units = ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"];
        if (AtName() && At(TokenKind.Word))
        {
            Report(SqlSyntaxDiagnostics.UnknownUnit(Here, Current.Text, units));
            return Take();
        }

        Report(SqlSyntaxDiagnostics.CountWithoutUnit(Here, Found, units));
        return Missing(TokenKind.Word);
    }
}
