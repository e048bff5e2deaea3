using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// Row times that a subquery has calculated with: <c>ts + INTERVAL '1' SECOND</c> is still one for Flink, and not
/// supported here yet. Anything else that is no row time is a mistake.
/// </summary>
internal static class RowTimes
{
    public static bool IsComputed(PlanNode plan, int column) => plan switch
    {
        Filter => IsComputed(plan.Inputs[0], column),
        Project project => project.Expressions[column] switch
        {
            InputColumn inner => IsComputed(plan.Inputs[0], inner.Index),
            CallExpression call => call.Operands.Any(o => IsRowTime(plan.Inputs[0], o)),
            _ => false,
        },
        _ => false,
    };

    private static bool IsRowTime(PlanNode plan, Expression expression) => expression switch
    {
        InputColumn column => plan.Fields[column.Index].IsTimeAttribute || IsComputed(plan, column.Index),
        CallExpression call => call.Operands.Any(o => IsRowTime(plan, o)),
        _ => false,
    };
}
