using Millrace.Data;

namespace Millrace.Plans;

/// <summary>
/// One aggregate of a grouping. Argument and filter are columns of the aggregate's input (the binder puts a projection
/// below), so that equal calls are shared and kernels read plain columns.
/// </summary>
/// <param name="Function">Which.</param>
/// <param name="Argument">The input column, or null for COUNT(*).</param>
/// <param name="IsDistinct">Whether each value counts once.</param>
/// <param name="Filter">A BOOLEAN input column: rows where it is not TRUE are left out; or null.</param>
/// <param name="Type">The result type.</param>
public sealed record AggregateCall(
    AggregateFunction Function, InputColumn? Argument, bool IsDistinct, InputColumn? Filter, SqlType Type)
{
    public override string ToString() =>
        $"{Function.Name}({(IsDistinct ? "DISTINCT " : "")}{Argument?.ToString() ?? "*"})"
        + (Filter is null ? "" : $" FILTER (WHERE {Filter})");
}
