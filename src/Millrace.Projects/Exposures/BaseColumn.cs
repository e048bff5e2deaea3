using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>
/// The column of a scanned table that an output column holds unchanged: through filters, bare projections, joins, group
/// keys, and into COLLECT. The ground on which the parts of an exposure are matched: two columns with one base mean the
/// same thing.
/// </summary>
internal sealed record BaseColumn(string Table, string Column)
{
    /// <summary>The base of a node's output column, or null when it is computed.</summary>
    public static BaseColumn? Of(PlanNode node, int column) => node switch
    {
        TableScan scan => new(scan.Table.Name, scan.Fields[column].Name),
        Filter filter => Of(filter.Inputs[0], column),
        Project project => project.Expressions[column] is InputColumn input ? Of(project.Inputs[0], input.Index) : null,
        TemporalJoin join => column < join.Left.Fields.Count
            ? Of(join.Left, column)
            : Of(join.Right, column - join.Left.Fields.Count),
        WindowAggregate window => OfWindow(window, column),
        _ => null,
    };

    private static BaseColumn? OfWindow(WindowAggregate window, int column)
    {
        if (column < window.GroupKey.Count)
        {
            return Of(window.Inputs[0], window.GroupKey[column]);
        }

        int aggregate = column - window.GroupKey.Count;
        return aggregate < window.Aggregates.Count
            && window.Aggregates[aggregate] is { Argument: { } argument } call
                && call.Function == AggregateFunction.Collect
            ? Of(window.Inputs[0], argument.Index)
            : null;
    }
}
