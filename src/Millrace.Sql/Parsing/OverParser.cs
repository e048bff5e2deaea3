using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;
using Millrace.Sql.Syntax.Queries;

namespace Millrace.Sql.Parsing;

/// <content>OVER and window specifications.</content>
internal sealed partial class Parser
{
    private OverClauseSyntax? ParseOver()
    {
        bool isOver = AtWord("OVER") && (Peek(1).Kind == TokenKind.OpenParenthesis || IsName(Peek(1)));
        if (!isOver)
        {
            return null;
        }

        SyntaxToken over = Take();
        return At(TokenKind.OpenParenthesis)
            ? new OverClauseSyntax(over, null, ParseWindowSpecification())
            : new OverClauseSyntax(over, ExpectName("the name of a window"), null);
    }

    private WindowSpecificationSyntax ParseWindowSpecification()
    {
        SyntaxToken open = Open();
        bool isBase = AtName() && !AtWords("PARTITION", "BY") && !AtFrame();
        SyntaxToken? baseWindow = isBase ? Take() : null;
        PartitionByClauseSyntax? partitionBy = AtWords("PARTITION", "BY") ? ParsePartitionBy() : null;
        OrderByClauseSyntax? orderBy = AtWord("ORDER") ? ParseOrderBy() : null;
        WindowFrameSyntax? frame = AtFrame() ? ParseFrame() : null;
        return new WindowSpecificationSyntax(open, baseWindow, partitionBy, orderBy, frame, Close());
    }

    private bool AtFrame() => AtWord("ROWS") || AtWord("RANGE");

    private PartitionByClauseSyntax ParsePartitionBy()
    {
        SyntaxToken partition = Take();
        SyntaxToken by = Take();
        return new PartitionByClauseSyntax(partition, by, ParseList(ParseExpression));
    }

    private WindowFrameSyntax ParseFrame()
    {
        SyntaxToken unit = Take();
        if (TryTakeWord("BETWEEN") is not { } between)
        {
            return new WindowFrameSyntax(unit, null, ParseFrameBound(), null, null);
        }

        FrameBoundSyntax start = ParseFrameBound();
        SyntaxToken and = ExpectWord("AND");
        return new WindowFrameSyntax(unit, between, start, and, ParseFrameBound());
    }

    private FrameBoundSyntax ParseFrameBound()
    {
        if (AtWords("CURRENT", "ROW"))
        {
            SyntaxToken current = Take();
            return new FrameBoundSyntax(current, null, Take());
        }

        SyntaxToken? unbounded = TryTakeWord("UNBOUNDED");
        ExpressionSyntax? distance = unbounded is null ? ParseExpression(Precedence.Additive) : null;
        return new FrameBoundSyntax(unbounded, distance, TryTakeWord("FOLLOWING") ?? ExpectWord("PRECEDING"));
    }
}
