using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>
/// Which columns of a source the models read. A record in which one of these does not fit is bad, for every model.
/// </summary>
public static class ColumnsRead
{
    /// <summary>Names of columns, in the source's order.</summary>
    public static IReadOnlyList<string> Of(CompiledProject project, string source)
    {
        CompiledTable table = project.FindTable(source)!;
        SortedSet<int> read = [];
        if (table.EventTime is { } time)
        {
            read.Add(time.Column);
        }

        if (table is CompiledSource { Dedup: { } dedup })
        {
            read.Add(dedup.Column);
        }

        foreach (CompiledModel model in project.Models)
        {
            Walk(model.Plan, [.. Enumerable.Range(0, model.Plan.Fields.Count)], source, read);
        }

        return [.. read.Select(c => table.Columns[c].Name)];
    }

    /// <summary>
    /// Whether there are values that the column does not take. A text takes any value but NULL; the other types do not.
    /// </summary>
    public static bool MayNotFit(CompiledSource source, string column)
    {
        SqlType type = source.Columns.First(c => c.Name == column).Type;
        return !type.IsCharacter || !type.IsNullable;
    }

    private static void Walk(PlanNode node, IReadOnlyCollection<int> needed, string source, SortedSet<int> read)
    {
        switch (node)
        {
            case TableScan scan when scan.Table.Name == source:
                read.UnionWith(needed);
                break;
            case Filter filter:
                Walk(filter.Inputs[0], [.. needed, .. filter.Predicate.InputColumns()], source, read);
                break;
            case Project project:
                int[] below = [.. needed.Distinct().SelectMany(c => project.Expressions[c].InputColumns())];
                Walk(project.Inputs[0], below, source, read);
                break;
            case TemporalJoin join:
                WalkJoin(join, needed, source, read);
                break;
            case WindowAggregate window:
                Walk(window.Inputs[0], ReadBy(window), source, read);
                break;
        }
    }

    private static void WalkJoin(
        TemporalJoin join, IReadOnlyCollection<int> needed, string source, SortedSet<int> read)
    {
        int width = join.Left.Fields.Count;
        int[] both = [.. needed, .. join.Residual?.InputColumns() ?? []];
        IEnumerable<int> left = both.Where(c => c < width).Append(join.LeftTime)
            .Concat(join.LeftKey.SelectMany(k => k.InputColumns()));
        IEnumerable<int> right = both.Where(c => c >= width).Select(c => c - width).Concat(join.RightKey);
        right = join.RightTime is { } time ? right.Append(time) : right;
        Walk(join.Left, [.. left], source, read);
        Walk(join.Right, [.. right], source, read);
    }

    private static int[] ReadBy(WindowAggregate window) =>
    [
        .. window.GroupKey, window.TimeColumn,
        .. window.Aggregates.SelectMany(a => new[] { a.Argument, a.Filter }).OfType<InputColumn>().Select(c => c.Index),
    ];
}
