namespace Millrace.Projects;

/// <summary>What each table of a project is, upstream first.</summary>
internal sealed class ProjectPrints
{
    private readonly Dictionary<string, TablePrint> tables = new(StringComparer.Ordinal);

    public ProjectPrints(CompiledProject project)
    {
        foreach (CompiledSource source in project.Sources)
        {
            tables.Add(source.Name, Of(source));
        }

        foreach (CompiledModel model in project.Models)
        {
            tables.Add(model.Name, Of(model));
        }
    }

    public TablePrint? Find(string name) => tables.GetValueOrDefault(name);

    private static TablePrint Of(CompiledSource source)
    {
        string dedup = DedupText(source);
        string rows = Fingerprint.Of("source", source.Name, source.Topic.Name, dedup);
        Dictionary<string, Print> columns = source.Columns.ToDictionary(c => c.Name, c => Of(source, c));
        List<PlanPart> parts = [new PlanPart(PartKind.Rows, "dedup", Print.Constant(dedup))];
        return new TablePrint(source, rows, columns, parts, ProgressText.Fingerprinted(source, rows, columns));
    }

    private static Print Of(CompiledSource source, CompiledColumn column)
    {
        string type = column.Type.ToString();
        return new Print(
            column.Name, Fingerprint.Of("column", source.Name, source.Topic.Name, column.Name, type), []);
    }

    private static string DedupText(CompiledSource source) => source.Dedup is not { } dedup
        ? "none" : $"by {source.Columns[dedup.Column].Name} within {DurationText.Of(dedup.WindowMs)}";

    private TablePrint Of(CompiledModel model)
    {
        (StreamPrint stream, IReadOnlyList<PlanPart> parts) = PlanPrinter.Of(model.Plan, tables);
        Dictionary<string, Print> columns = new(StringComparer.Ordinal);
        for (int c = 0; c < model.Columns.Count; c++)
        {
            columns[model.Columns[c].Name] = stream.Columns[c]!;
        }

        string rows = stream.Rows.Deep;
        return new TablePrint(model, rows, columns, parts, ProgressText.Fingerprinted(model, rows, columns));
    }
}
