using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>A column of a table that a query reads.</summary>
public sealed record ColumnSource(string Table, string Column)
{
    public override string ToString() => $"{Table}.{Column}";
}

/// <summary>Where an output column of a query comes from.</summary>
/// <param name="Name">The output column.</param>
/// <param name="From">The columns whose values it is computed from, each once, in order of their first use.</param>
/// <param name="CopyOf">The one column that it is, unchanged; null when it is computed.</param>
public sealed record ColumnLineage(string Name, IReadOnlyList<ColumnSource> From, ColumnSource? CopyOf)
{
    /// <summary>The lineage of each output column of a plan. Filters and join conditions do not count: they choose
    /// rows.</summary>
    public static IReadOnlyList<ColumnLineage> Of(PlanNode plan) => plan switch
    {
        TableScan scan => [.. scan.Fields.Select(f => Scanned(scan.Table.Name, f.Name))],
        Filter filter => Of(filter.Inputs[0]),
        Project project => Projected(project),
        TemporalJoin join => [.. Of(join.Left), .. Of(join.Right)],
        WindowAggregate aggregate => Aggregated(aggregate),
        _ => Unknown(plan),
    };

    private static ColumnLineage Scanned(string table, string column)
    {
        ColumnSource source = new(table, column);
        return new ColumnLineage(column, [source], source);
    }

    private static ColumnLineage[] Projected(Project project)
    {
        IReadOnlyList<ColumnLineage> input = Of(project.Inputs[0]);
        return
        [
            .. project.Expressions.Zip(project.Fields, (e, f) => e is InputColumn column
                ? input[column.Index] with { Name = f.Name }
                : Computed(f.Name, e.InputColumns().Select(i => input[i]))),
        ];
    }

    private static List<ColumnLineage> Aggregated(WindowAggregate aggregate)
    {
        IReadOnlyList<ColumnLineage> input = Of(aggregate.Inputs[0]);
        List<ColumnLineage> columns = [.. aggregate.GroupKey.Select(k => input[k])];
        foreach (AggregateCall call in aggregate.Aggregates)
        {
            IEnumerable<InputColumn> read = new[] { call.Argument, call.Filter }.OfType<InputColumn>();
            columns.Add(Computed("", read.Select(c => input[c.Index])));
        }

        columns.AddRange(aggregate.Properties.Select(_ => Computed("", [input[aggregate.TimeColumn]])));
        return [.. columns.Zip(aggregate.Fields, (c, f) => c with { Name = f.Name })];
    }

    /// <summary>A node of a kind that this does not know: each column may come from every column below.</summary>
    private static ColumnLineage[] Unknown(PlanNode plan)
    {
        List<ColumnLineage> below = [.. plan.Inputs.SelectMany(Of)];
        return [.. plan.Fields.Select(f => Computed(f.Name, below))];
    }

    private static ColumnLineage Computed(string name, IEnumerable<ColumnLineage> inputs) =>
        new(name, [.. inputs.SelectMany(i => i.From).Distinct()], null);
}
