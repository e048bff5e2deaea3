namespace Millrace.Sql.Syntax.Tables;

/// <summary><c>left [NATURAL] [kind] JOIN right [ON … | USING (…)]</c>, or <c>left, right</c>.</summary>
public sealed class JoinSyntax(
    TableReferenceSyntax left, JoinOperatorSyntax @operator, TableReferenceSyntax right, JoinConditionSyntax? condition)
    : TableReferenceSyntax(left, @operator, right, condition)
{
    public TableReferenceSyntax Left { get; } = left;

    public JoinOperatorSyntax Operator { get; } = @operator;

    public TableReferenceSyntax Right { get; } = right;

    public JoinConditionSyntax? Condition { get; } = condition;
}
