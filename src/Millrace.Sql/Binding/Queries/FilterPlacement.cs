using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// Puts a condition where it is asked first: below the projection of a subquery, over what that reads, as Flink's
/// planner does. So <c>SELECT q FROM (SELECT 10 / z AS q, z FROM t) WHERE z &lt;&gt; 0</c> never divides by zero.
/// </summary>
internal static class FilterPlacement
{
    public static PlanNode Filter(PlanNode input, Expression predicate) => input is Project project
        ? new Project(
            Filter(project.Inputs[0], Over(predicate, project.Expressions)), project.Expressions, project.Fields)
        : new Filter(input, predicate);

    /// <summary>The predicate with each column replaced by the expression that makes it.</summary>
    private static Expression Over(Expression expression, IReadOnlyList<Expression> columns) => expression switch
    {
        InputColumn column => columns[column.Index],
        CallExpression call => new CallExpression(
            call.Function, [.. call.Arguments.Select(a => Over(a, columns))], call.Type),
        CaseExpression choice => new CaseExpression(
            [.. choice.Branches.Select(b => new CaseBranch(Over(b.Condition, columns), Over(b.Result, columns)))],
            Over(choice.Otherwise, columns),
            choice.Type),
        CastExpression cast => new CastExpression(Over(cast.Operand, columns), cast.Type, cast.IsTry),
        InListExpression list => new InListExpression(Over(list.Value, columns), list.Items, list.Type),
        _ => expression,
    };
}
