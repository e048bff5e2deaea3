using Millrace.Sql.Syntax;
using Millrace.Sql.Syntax.Tables;

namespace Millrace.Sql.Parsing;

/// <content>Joins: a comma binds looser than JOIN, both to the left.</content>
internal sealed partial class Parser
{
    private TableReferenceSyntax ParseTables()
    {
        TableReferenceSyntax left = ParseJoins();
        while (At(TokenKind.Comma) && !IsTooHigh(left))
        {
            JoinOperatorSyntax comma = new(JoinOperatorKind.Comma, false, new SyntaxList<SyntaxToken>([Take()]));
            left = new JoinSyntax(left, comma, ParseJoins(), null);
        }

        return left;
    }

    private TableReferenceSyntax ParseJoins()
    {
        TableReferenceSyntax left = ParseTablePrimary();
        while (AtJoin() && !IsTooHigh(left))
        {
            JoinOperatorSyntax @operator = ParseJoinOperator();
            TableReferenceSyntax right = ParseTablePrimary();
            left = new JoinSyntax(left, @operator, right, ParseJoinCondition(@operator));
        }

        return left;
    }

    private bool AtJoin()
    {
        if (AtWord("ASOF") && Peek(1).IsWord("JOIN"))
        {
            Report(SqlSyntaxDiagnostics.ForeignClause(
                Here, "ASOF JOIN", "write LEFT JOIN t FOR SYSTEM_TIME AS OF e.`timestamp` AS t ON e.id = t.id"));
            SkipToClause();
        }

        return AtAny(Words.JoinWords) && !AtWord("ON") && !AtWord("USING");
    }

    private JoinOperatorSyntax ParseJoinOperator()
    {
        List<SyntaxToken> words = [];
        bool isNatural = AtWord("NATURAL");
        if (isNatural)
        {
            words.Add(Take());
        }

        JoinOperatorKind kind = AtWord("LEFT") ? JoinOperatorKind.Left
            : AtWord("RIGHT") ? JoinOperatorKind.Right
            : AtWord("FULL") ? JoinOperatorKind.Full
            : AtWord("CROSS") ? JoinOperatorKind.Cross
            : JoinOperatorKind.Inner;
        if (!AtWord("JOIN"))
        {
            words.Add(kind == JoinOperatorKind.Inner ? ExpectWord("INNER") : Take());
        }

        if (kind is JoinOperatorKind.Left or JoinOperatorKind.Right or JoinOperatorKind.Full
            && TryTakeWord("OUTER") is { } outer)
        {
            words.Add(outer);
        }

        words.Add(ExpectWord("JOIN"));
        return new JoinOperatorSyntax(kind, isNatural, new SyntaxList<SyntaxToken>(words));
    }

    private JoinConditionSyntax? ParseJoinCondition(JoinOperatorSyntax join)
    {
        bool isFree = join.IsNatural || join.Kind == JoinOperatorKind.Cross;
        if (isFree && (AtWord("ON") || AtWord("USING")))
        {
            Report(SqlSyntaxDiagnostics.JoinWithCondition(Here, join.IsNatural ? "NATURAL JOIN" : "CROSS JOIN"));
        }

        if (TryTakeWord("ON") is { } on)
        {
            return new OnConditionSyntax(on, ParseExpression());
        }

        if (TryTakeWord("USING") is { } @using)
        {
            return new UsingConditionSyntax(@using, ParseColumnList());
        }

        if (isFree)
        {
            return null;
        }

        return AtName() && !AtAny(Words.NoBareAlias) && Peek(1).Kind is TokenKind.Dot or TokenKind.Equal
            ? new OnConditionSyntax(ExpectWord("ON"), ParseExpression())
            : ReportJoinWithoutCondition(join);
    }

    private JoinConditionSyntax? ReportJoinWithoutCondition(JoinOperatorSyntax join)
    {
        Report(SqlSyntaxDiagnostics.JoinWithoutCondition(LocationOf(join)));
        return null;
    }
}
