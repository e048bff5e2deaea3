using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>GROUP BY with grouping sets.</content>
internal sealed partial class Parser
{
    private GroupByClauseSyntax ParseGroupBy()
    {
        SyntaxToken group = Take();
        SyntaxToken by = ExpectWord("BY");
        SyntaxToken? quantifier = TryTakeWord("DISTINCT") ?? TryTakeWord("ALL");
        return new GroupByClauseSyntax(group, by, quantifier, ParseList(ParseGroupingElement));
    }

    private GroupingElementSyntax ParseGroupingElement()
    {
        if (At(TokenKind.OpenParenthesis) && Peek(1).Kind == TokenKind.CloseParenthesis)
        {
            return new EmptyGroupingSyntax(Open(), Close());
        }

        if (AtWords("GROUPING", "SETS"))
        {
            SyntaxToken grouping = Take();
            return ParseGroupingSets(grouping, Take());
        }

        bool isSets = (AtWord("CUBE") || AtWord("ROLLUP")) && Peek(1).Kind == TokenKind.OpenParenthesis;
        return isSets ? ParseGroupingSets(Take(), null) : new GroupingExpressionSyntax(ParseExpression());
    }

    private GroupingElementSyntax ParseGroupingSets(SyntaxToken keyword, SyntaxToken? sets)
    {
        SyntaxToken open = Open();
        SyntaxList<GroupingElementSyntax> elements =
            Enter() ? ParseList(ParseGroupingElement) : new SyntaxList<GroupingElementSyntax>([]);
        Leave();
        return new GroupingSetsSyntax(keyword, sets, open, elements, Close());
    }
}
