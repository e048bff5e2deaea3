using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>
/// The column that keys a table's records. A model's is what <c>key:</c> says. A source without <c>key:</c> takes the
/// key of its versions, else the column that the models reading it pass on as their key, where they agree.
/// </summary>
internal sealed class KeyColumns
{
    private readonly TypedProject project;
    private readonly VersionUses versions;
    private readonly InferenceLog log;

    public KeyColumns(TypedProject project, VersionUses versions, InferenceLog log)
    {
        this.project = project;
        this.versions = versions;
        this.log = log;
    }

    /// <summary>The declared key's position, or null.</summary>
    public static int? Declared(TableDeclaration table, TableDefinition definition) =>
        table.Key is { } key ? IndexOf(definition, key.Value) : null;

    public int? OfSource(SourceDefinition source, TableDefinition definition)
    {
        if (source.Key is not null)
        {
            return Declared(source, definition);
        }

        if (versions.Find(source.Name) is { Key: [int only] } use)
        {
            log.Add(
                InferenceKind.Key, source.Name, definition.Fields[only].Name, "it is the key of its versions",
                use.Location);
            return only;
        }

        return FromReaders(source, definition);
    }

    private int? FromReaders(SourceDefinition source, TableDefinition definition)
    {
        List<(int Column, Said<string> Key, string Model)> passed = [];
        foreach (ModelNode node in project.Nodes.Where(n => n.Inputs.Contains(source.Name) && n.Model.Key is not null))
        {
            PlanNode plan = project.Plans[node.Model.Name];
            int output = IndexOf(plan.Fields, node.Model.Key!.Value) ?? -1;
            ColumnSource? from = output < 0 ? null : ColumnLineage.Of(plan)[output].CopyOf;
            int? column = from?.Table == source.Name ? IndexOf(definition, from.Column) : null;
            if (column is null)
            {
                return null;
            }

            passed.Add((column.Value, node.Model.Key!, node.Model.Name));
        }

        if (passed.Count == 0 || passed.Exists(p => p.Column != passed[0].Column))
        {
            return null;
        }

        string models = string.Join(", ", passed.Select(p => p.Model));
        log.Add(
            InferenceKind.Key, source.Name, definition.Fields[passed[0].Column].Name,
            $"{models} passes it on as its key", passed[0].Key.Location);
        return passed[0].Column;
    }

    private static int? IndexOf(TableDefinition table, string name) => IndexOf(table.Fields, name);

    private static int? IndexOf(IReadOnlyList<Field> fields, string name)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name)
            {
                return i;
            }
        }

        return null;
    }
}
