namespace Millrace.Projects;

/// <summary>A table or an exposure, with what it reads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">"source", a model's materialization, or an exposure's type.</param>
/// <param name="Inputs">The names of the tables that it reads.</param>
public sealed record LineageNode(string Name, string Kind, IReadOnlyList<string> Inputs);

/// <summary>A model's column, with where it comes from.</summary>
/// <param name="Table">The model.</param>
/// <param name="Lineage">The columns of its inputs that it is made of.</param>
/// <param name="Roots">The columns of sources that it is made of in the end.</param>
public sealed record LineageColumn(string Table, ColumnLineage Lineage, IReadOnlyList<ColumnSource> Roots);

/// <summary>How data flows through a project: by table, and by column.</summary>
public sealed class ProjectLineage
{
    private readonly Dictionary<ColumnSource, IReadOnlyList<ColumnSource>> roots = [];

    public ProjectLineage(CompiledProject project)
    {
        Nodes =
        [
            .. project.Sources.Select(s => new LineageNode(s.Name, "source", [])),
            .. project.Models.Select(
                m => new LineageNode(m.Name, m.Materialization.ToString().ToLowerInvariant(), m.Inputs)),
            .. project.Exposures.Select(
                e => new LineageNode(e.Name, ExposureKinds.NameOf(e.Kind), [.. e.Consumes.Select(c => c.Name)])),
        ];
        Columns = [.. project.Models.SelectMany(ColumnsOf)];
    }

    /// <summary>Sources, models in order, exposures.</summary>
    public IReadOnlyList<LineageNode> Nodes { get; }

    /// <summary>The columns of all models, in order.</summary>
    public IReadOnlyList<LineageColumn> Columns { get; }

    private List<LineageColumn> ColumnsOf(CompiledModel model)
    {
        List<LineageColumn> columns = [];
        foreach (ColumnLineage column in ColumnLineage.Of(model.Plan))
        {
            ColumnSource[] from = [.. column.From.SelectMany(f => roots.GetValueOrDefault(f, [f])).Distinct()];
            roots[new ColumnSource(model.Name, column.Name)] = from;
            columns.Add(new LineageColumn(model.Name, column, from));
        }

        return columns;
    }
}
