using Millrace.Plans;
using Millrace.Projects;

namespace Millrace.Hosting.Bounded;

/// <summary>Looks at the inputs of a run before anything is read or written.</summary>
internal static class BoundedCheck
{
    /// <exception cref="ArgumentException">An input does not fit the project; the message is for the user.</exception>
    public static void Require(CompiledProject project, IReadOnlyList<BoundedInput> inputs)
    {
        foreach (BoundedInput input in inputs)
        {
            CompiledSource source = project.FindSource(input.Source) ?? throw new ArgumentException(
                $"{project.Name} has no source {input.Source}; it has {Names(project.Sources.Select(s => s.Name))}",
                nameof(inputs));
            if (input.Map is { } map)
            {
                Require(map, source, input.TimestampColumn);
            }
        }
    }

    private static void Require(SourceMap map, CompiledSource source, string? timestampColumn)
    {
        if (!IsStateless(map.Plan))
        {
            throw new ArgumentException(
                $"the map of {source.Name} may choose and compute columns and filter rows, and nothing else",
                nameof(map));
        }

        string? unknown = map.Plan.Fields.Select(f => f.Name)
            .FirstOrDefault(n => source.Schema.IndexOf(n) < 0 && n != timestampColumn);
        if (unknown is not null)
        {
            throw new ArgumentException(
                $"the map of {source.Name} gives a column {unknown}, which {source.Name} does not have; "
                + $"it has {Names(source.Columns.Select(c => c.Name))}",
                nameof(map));
        }
    }

    private static bool IsStateless(PlanNode plan) =>
        plan is TableScan or Filter or Project && plan.Inputs.All(IsStateless);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
