using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Types;

namespace Millrace.Sql.Parsing;

/// <content>Types. Which names are types, the binder knows.</content>
internal sealed partial class Parser
{
    /// <summary>A type that is the whole text.</summary>
    public NestedTypeSyntax ParseTypeRoot()
    {
        NestedTypeSyntax type = ParseNestedType();
        while (!At(TokenKind.EndOfFile))
        {
            ReportRest(behindSemicolon: false);
        }

        return type;
    }

    private TypeSyntax ParseType()
    {
        if (!Enter())
        {
            Leave();
            return new SimpleTypeSyntax(new SyntaxList<SyntaxToken>([Missing(TokenKind.Word)]), null, null, null, null);
        }

        TypeSyntax type = ParseTypeWithoutSuffix();
        while ((AtWord("ARRAY") || AtWord("MULTISET")) && !IsTooHigh(type))
        {
            type = new PostfixCollectionTypeSyntax(new NestedTypeSyntax(type, null, null), Take());
        }

        Leave();
        return type;
    }

    private TypeSyntax ParseTypeWithoutSuffix()
    {
        SyntaxToken next = Peek(1);
        if (AtWord("ROW") && next.Kind is TokenKind.Less or TokenKind.OpenParenthesis or TokenKind.NotEqual)
        {
            return ParseRowType();
        }

        if ((AtWord("ARRAY") || AtWord("MULTISET") || AtWord("MAP")) && next.Kind == TokenKind.Less)
        {
            SyntaxToken keyword = Take();
            SyntaxToken open = Take();
            SyntaxList<NestedTypeSyntax> arguments = ParseList(ParseNestedType);
            return new CollectionTypeSyntax(keyword, open, arguments, Expect(TokenKind.Greater, ">"));
        }

        if (AtWord("INTERVAL"))
        {
            SyntaxToken interval = Take();
            return new IntervalTypeSyntax(interval, ParseIntervalQualifier());
        }

        return ParseSimpleType();
    }

    private SimpleTypeSyntax ParseSimpleType()
    {
        List<SyntaxToken> words = [ExpectName("a type")];
        if ((words[0].IsWord("DOUBLE") ? TryTakeWord("PRECISION") : TryTakeWord("VARYING")) is { } second)
        {
            words.Add(second);
        }

        SyntaxToken? open = null;
        SyntaxList<SyntaxToken>? parameters = null;
        SyntaxToken? close = null;
        if (At(TokenKind.OpenParenthesis))
        {
            open = Open();
            parameters = ParseList(() => Expect(TokenKind.Number, "a number"));
            close = Close();
        }

        return new SimpleTypeSyntax(
            new SyntaxList<SyntaxToken>(words), open, parameters, close, new SyntaxList<SyntaxToken>(ParseZone()));
    }

    /// <summary><c>WITH LOCAL TIME ZONE</c> and its like.</summary>
    private List<SyntaxToken> ParseZone()
    {
        List<SyntaxToken> words = [];
        bool isZone = (AtWord("WITH") || AtWord("WITHOUT")) && (Peek(1).IsWord("LOCAL") || Peek(1).IsWord("TIME"));
        if (isZone)
        {
            words.Add(Take());
            TakeAll(words, "LOCAL");
            words.Add(ExpectWord("TIME"));
            words.Add(ExpectWord("ZONE"));
        }

        return words;
    }

    private RowTypeSyntax ParseRowType()
    {
        SyntaxToken row = Take();
        bool isAngle = !At(TokenKind.OpenParenthesis);
        SyntaxToken open = isAngle ? Take() : Open();
        bool isEmpty = open.Kind == TokenKind.NotEqual || At(TokenKind.CloseParenthesis);
        SyntaxList<RowFieldSyntax> fields = isEmpty ? new SyntaxList<RowFieldSyntax>([]) : ParseList(ParseRowField);
        SyntaxToken close = open.Kind == TokenKind.NotEqual ? Missing(TokenKind.Greater)
            : isAngle ? Expect(TokenKind.Greater, ">")
            : Close();
        return new RowTypeSyntax(row, open, fields, close);
    }

    private RowFieldSyntax ParseRowField()
    {
        SyntaxToken name = ExpectName("a field's name");
        return new RowFieldSyntax(name, ParseNestedType(), TryTake(TokenKind.String));
    }

    private NestedTypeSyntax ParseNestedType()
    {
        TypeSyntax type = ParseType();
        SyntaxToken? not = TryTakeWord("NOT");
        SyntaxToken? @null = not is null ? TryTakeWord("NULL") : ExpectWord("NULL");
        return new NestedTypeSyntax(type, not, @null);
    }
}
