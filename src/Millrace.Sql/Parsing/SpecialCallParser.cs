using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql.Parsing;

/// <content>Functions whose arguments stand between words: CAST, EXTRACT, POSITION, SUBSTRING, OVERLAY, TRIM,
/// FLOOR.</content>
internal sealed partial class Parser
{
    private CastExpressionSyntax ParseCast()
    {
        SyntaxToken keyword = Take();
        SyntaxToken open = Open();
        ExpressionSyntax operand = ParseExpression();
        SyntaxToken @as = ExpectWord("AS");
        TypeSyntax type = ParseType();
        if (AtWord("NOT"))
        {
            Report(SqlSyntaxDiagnostics.CastToNotNull(Here));
            Skip();
            Skip();
        }

        return new CastExpressionSyntax(keyword, open, operand, @as, type, Close());
    }

    private ExtractExpressionSyntax ParseExtract()
    {
        SyntaxToken extract = Take();
        SyntaxToken open = Open();
        SyntaxToken unit = ExpectTimeUnit();
        SyntaxToken from = ExpectWord("FROM");
        ExpressionSyntax time = ParseExpression();
        return new ExtractExpressionSyntax(extract, open, unit, from, time, Close());
    }

    private SyntaxToken ExpectTimeUnit()
    {
        if (At(TokenKind.Word) && !AtAny(Words.TimeUnits) && !Words.Reserved.Contains(Current.Text))
        {
            Report(SqlSyntaxDiagnostics.UnknownUnit(Here, Current.Text, Words.TimeUnits));
            return Take();
        }

        return At(TokenKind.Word) && AtAny(Words.TimeUnits) ? Take() : ReportMissing(TokenKind.Word, "a unit of time");
    }

    private PositionExpressionSyntax ParsePosition()
    {
        SyntaxToken position = Take();
        SyntaxToken open = Open();
        ExpressionSyntax part = ParseExpression(Precedence.Additive);
        SyntaxToken @in = ExpectWord("IN");
        ExpressionSyntax text = ParseExpression(Precedence.Additive);
        SyntaxToken? from = TryTakeWord("FROM");
        ExpressionSyntax? start = from is null ? null : ParseExpression(Precedence.Additive);
        return new PositionExpressionSyntax(position, open, part, @in, text, from, start, Close());
    }

    private ExpressionSyntax ParseSubstring()
    {
        SyntaxToken substring = Take();
        SyntaxToken open = Open();
        ExpressionSyntax text = At(TokenKind.CloseParenthesis) ? MissingExpression() : ParseArgument();
        if (TryTakeWord("FROM") is not { } from)
        {
            return ParseRestOfCall(substring, open, text);
        }

        ExpressionSyntax start = ParseExpression();
        SyntaxToken? @for = TryTakeWord("FOR");
        ExpressionSyntax? length = @for is null ? null : ParseExpression();
        return new SubstringExpressionSyntax(substring, open, text, from, start, @for, length, Close());
    }

    private ExpressionSyntax ParseOverlay()
    {
        SyntaxToken overlay = Take();
        SyntaxToken open = Open();
        ExpressionSyntax text = ParseArgument();
        if (TryTakeWord("PLACING") is not { } placing)
        {
            return ParseRestOfCall(overlay, open, text);
        }

        ExpressionSyntax part = ParseExpression();
        SyntaxToken from = ExpectWord("FROM");
        ExpressionSyntax start = ParseExpression();
        SyntaxToken? @for = TryTakeWord("FOR");
        ExpressionSyntax? length = @for is null ? null : ParseExpression();
        return new OverlayExpressionSyntax(
            overlay, open, text, placing, part, from, start, @for, length, Close());
    }

    private ExpressionSyntax ParseTrim()
    {
        SyntaxToken trim = Take();
        SyntaxToken open = Open();
        SyntaxToken? side = TryTakeWord("BOTH") ?? TryTakeWord("LEADING") ?? TryTakeWord("TRAILING");
        ExpressionSyntax? characters = AtWord("FROM") ? null : ParseArgument();
        if (side is null && !AtWord("FROM") && characters is not null)
        {
            return ParseRestOfCall(trim, open, characters);
        }

        SyntaxToken from = ExpectWord("FROM");
        ExpressionSyntax text = ParseExpression();
        return new TrimExpressionSyntax(trim, open, side, characters, from, text, Close());
    }

    private ExpressionSyntax ParseFloor()
    {
        SyntaxToken keyword = Take();
        SyntaxToken open = Open();
        ExpressionSyntax time = ParseArgument();
        if (TryTakeWord("TO") is not { } to)
        {
            return ParseRestOfCall(keyword, open, time);
        }

        SyntaxToken unit = ExpectTimeUnit();
        return new FloorToExpressionSyntax(keyword, open, time, to, unit, Close());
    }

    /// <summary>The form with commas: its first argument has been read.</summary>
    private FunctionCallSyntax ParseRestOfCall(SyntaxToken word, SyntaxToken open, ExpressionSyntax first)
    {
        List<ExpressionSyntax> arguments = [first];
        List<SyntaxElement> all = [first];
        while (TryTake(TokenKind.Comma) is { } comma)
        {
            arguments.Add(ParseArgument());
            all.AddRange([comma, arguments[^1]]);
        }

        NameSyntax name = new(new SyntaxList<SyntaxToken>([word]));
        return ParseCallTail(name, open, null, new SyntaxList<ExpressionSyntax>(arguments, all), null);
    }
}
