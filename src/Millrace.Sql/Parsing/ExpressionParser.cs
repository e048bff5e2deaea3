using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Expressions;

namespace Millrace.Sql.Parsing;

/// <content>Operators, by precedence climbing.</content>
internal sealed partial class Parser
{
    private ExpressionSyntax ParseExpression() => ParseExpression(Precedence.Lowest);

    /// <summary>Reads an operand and every operator that binds at least so tightly.</summary>
    private ExpressionSyntax ParseExpression(Precedence minimum)
    {
        if (!Enter())
        {
            Leave();
            return MissingExpression();
        }

        ExpressionSyntax left = ParseUnary();
        while (!IsTooHigh(left) && InfixPrecedence() is { } precedence && precedence >= minimum)
        {
            left = precedence switch
            {
                Precedence.Is => ParseIs(left),
                Precedence.In => ParseInBetweenLike(left),
                _ => ParseBinary(left, precedence),
            };
        }

        Leave();
        return left;
    }

    /// <summary>The operator here; null when the expression ends.</summary>
    private Precedence? InfixPrecedence() => Current.Kind switch
    {
        TokenKind.Plus or TokenKind.Minus => Precedence.Additive,
        TokenKind.Star or TokenKind.Slash or TokenKind.Percent or TokenKind.Concat or TokenKind.ForeignOperator
            => Precedence.Multiplicative,
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual
            or TokenKind.Greater or TokenKind.GreaterOrEqual => Precedence.Comparison,
        TokenKind.Word when !corrections.ContainsKey(index) => WordPrecedence(),
        _ => null,
    };

    private Precedence? WordPrecedence()
    {
        if (AtForeignWordOperator())
        {
            return Precedence.Multiplicative;
        }

        return AtWord("OR") ? Precedence.Or
            : AtWord("AND") ? Precedence.And
            : AtWord("IS") || AtWords("NOT", "NULL") ? Precedence.Is
            : AtWord("OVERLAPS") && StartsOperand(Peek(1)) ? Precedence.Comparison
            : AtInBetweenLike(0) || (AtWord("NOT") && AtInBetweenLike(1)) ? Precedence.In
            : null;
    }

    private bool AtInBetweenLike(int ahead) => Peek(ahead).IsWord("IN") || Peek(ahead).IsWord("BETWEEN")
        || Peek(ahead).IsWord("LIKE") || (Peek(ahead).IsWord("SIMILAR") && Peek(ahead + 1).IsWord("TO"));

    private ExpressionSyntax ParseBinary(ExpressionSyntax left, Precedence precedence)
    {
        ReportForeignWordOperator();
        SyntaxToken @operator = Take();
        bool isQuantified = precedence == Precedence.Comparison
            && (AtWord("ALL") || AtWord("ANY") || AtWord("SOME")) && Peek(1).Kind == TokenKind.OpenParenthesis;
        return isQuantified
            ? new QuantifiedComparisonSyntax(left, @operator, Take(), ParseInSet("a comparison"))
            : new BinaryExpressionSyntax(left, @operator, ParseExpression(precedence + 1));
    }

    private ExpressionSyntax ParseUnary()
    {
        if (AtWord("NOT"))
        {
            return new UnaryExpressionSyntax(Take(), ParseExpression(Precedence.Not));
        }

        return Current.Kind is TokenKind.Plus or TokenKind.Minus
            ? new UnaryExpressionSyntax(Take(), ParseExpression(Precedence.Unary))
            : ParsePostfix(ParsePrimary());
    }

    /// <summary><c>a[i]</c>, <c>a[i].x</c>, <c>(a - b) SECOND</c>.</summary>
    private ExpressionSyntax ParsePostfix(ExpressionSyntax operand)
    {
        while (!IsTooHigh(operand))
        {
            if (At(TokenKind.OpenBracket))
            {
                SyntaxToken open = Take();
                ExpressionSyntax index = ParseExpression();
                operand = new ElementAccessSyntax(operand, open, index, Expect(TokenKind.CloseBracket, "]"));
            }
            else if (At(TokenKind.Dot))
            {
                SyntaxToken dot = Take();
                operand = new FieldAccessSyntax(operand, dot, TryTake(TokenKind.Star) ?? TakeAfterDot());
            }
            else if (operand is ParenthesizedExpressionSyntax difference && AtIntervalOf(difference))
            {
                return new IntervalDifferenceSyntax(difference, ParseIntervalQualifier());
            }
            else
            {
                break;
            }
        }

        return operand;
    }

    private bool AtIntervalOf(ParenthesizedExpressionSyntax difference) =>
        difference.Expression is BinaryExpressionSyntax { Operator.Kind: TokenKind.Minus }
            && AtAny(Words.IntervalUnits);

    private MissingExpressionSyntax MissingExpression() => new(Missing(TokenKind.Word));

    private SyntaxList<ExpressionSyntax> NoExpressions() => new([]);
}
