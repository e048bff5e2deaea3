using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// Which values are row times (flink-semantics 3.6). A time plus an interval still is one, and so are COALESCE and
/// CASE of row times; a CAST is none. Of other calculations with a row time Flink may say yes: those are not
/// supported yet.  </summary>
internal static class RowTimes
{
    /// <summary>Whether the value surely is a row time.</summary>
    public static bool IsKept(Expression expression, IReadOnlyList<Field> fields) => expression switch
    {
        InputColumn column => fields[column.Index].IsTimeAttribute,
        CallExpression call when IsShift(call) => call.Arguments.Any(a => IsKept(a, fields)),
        CallExpression call when call.Function == ScalarFunction.Coalesce => call.Arguments.All(a => IsKept(a, fields)),
        CaseExpression @case => @case.Branches.All(b => IsKept(b.Result, fields)) && IsKept(@case.Otherwise, fields),
        _ => false,
    };

    /// <summary>Whether the value is calculated from a row time, in the expression or below it.</summary>
    public static bool IsComputed(PlanNode plan, Expression expression) => expression switch
    {
        InputColumn column => IsComputed(plan, column.Index),
        CastExpression => false,
        _ => expression.Operands.Any(o => IsComputed(plan, o)),
    };

    private static bool IsComputed(PlanNode plan, int column) => plan.Fields[column].IsTimeAttribute || plan switch
    {
        Filter => IsComputed(plan.Inputs[0], column),
        Project project => IsComputed(plan.Inputs[0], project.Expressions[column]),
        TemporalJoin join => column < join.Left.Fields.Count
            ? IsComputed(join.Left, column)
            : IsComputed(join.Right, column - join.Left.Fields.Count),
        WindowAggregate window => IsComputedByWindow(window, column),
        _ => false,
    };

    /// <summary>A row time that is grouped by, and MIN or MAX of one.</summary>
    private static bool IsComputedByWindow(WindowAggregate window, int column)
    {
        int aggregate = column - window.GroupKey.Count;
        int? source = aggregate < 0 ? window.GroupKey[column]
            : aggregate < window.Aggregates.Count ? window.Aggregates[aggregate].Argument?.Index
            : null;
        return source is { } index && IsComputed(window.Inputs[0], index);
    }

    private static bool IsShift(CallExpression call) =>
        (call.Function == ScalarFunction.Add || call.Function == ScalarFunction.Subtract)
        && call.Arguments.Any(a => a.Type.IsInterval);
}
