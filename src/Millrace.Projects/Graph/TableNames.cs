using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>The names of a project's tables: each once over sources, models and sinks, and each with a topic of its
/// own.</summary>
internal sealed class TableNames
{
    private readonly Dictionary<string, TableDeclaration> tables = new(StringComparer.Ordinal);
    private readonly ProjectDefinition project;
    private readonly DiagnosticBag diagnostics;

    public TableNames(ProjectDefinition project, DiagnosticBag diagnostics)
    {
        this.project = project;
        this.diagnostics = diagnostics;
        foreach (TableDeclaration table in project.Sources.Concat<TableDeclaration>(project.Models))
        {
            AddTable(table);
        }

        CheckSinks();
        CheckTopics();
        CheckUnique("test", [.. project.Tests.Select(t => (t.Test.Name, t.Test.Location))]);
        CheckUnique("exposure", [.. project.Exposures.Select(e => (e.Name, e.Location))]);
    }

    /// <summary>The topic of a table: its declared name, or the table's.</summary>
    public static string TopicOf(TableDeclaration table) => table.Topic.Name?.Value ?? table.Name;

    public TableDeclaration? Find(string name) => tables.GetValueOrDefault(name);

    /// <summary>The table that a reference means; reports what is wrong with the reference.</summary>
    public TableDeclaration? Resolve(TableReference reference)
    {
        TableDeclaration? table = Find(reference.Name);
        if (table is not null && table is SourceDefinition == reference.IsSource)
        {
            return table;
        }

        if (project.Sinks.TryGetValue(reference.Name, out Location? sink))
        {
            diagnostics.Add(GraphDiagnostics.Sink(reference.Location, reference.Name, sink));
        }
        else if (reference.IsSource)
        {
            diagnostics.Add(GraphDiagnostics.UnknownSource(
                reference.Location, reference.Name, [.. project.Sources.Select(s => s.Name)], table is not null));
        }
        else
        {
            diagnostics.Add(GraphDiagnostics.UnknownModel(
                reference.Location, reference.Name, [.. project.Models.Select(m => m.Name)], table is not null));
        }

        return null;
    }

    /// <summary>Checks that a name is a table's, of either kind.</summary>
    public void Check(Said<string> name)
    {
        if (Find(name.Value) is null)
        {
            diagnostics.Add(GraphDiagnostics.UnknownTable(name.Location, name.Value, tables.Keys));
        }
    }

    private void AddTable(TableDeclaration table)
    {
        if (!tables.TryAdd(table.Name, table))
        {
            TableDeclaration other = tables[table.Name];
            diagnostics.Add(GraphDiagnostics.DuplicateName(
                table.Location, table.Kind, table.Name, other.Kind, other.Location));
        }
    }

    private void CheckSinks()
    {
        foreach ((string name, Location location) in project.Sinks)
        {
            if (Find(name) is { } other)
            {
                diagnostics.Add(GraphDiagnostics.DuplicateName(location, "sink", name, other.Kind, other.Location));
            }
        }
    }

    private void CheckTopics()
    {
        Dictionary<string, TableDeclaration> topics = new(StringComparer.Ordinal);
        foreach (TableDeclaration table in tables.Values)
        {
            string topic = TopicOf(table);
            if (!topics.TryAdd(topic, table))
            {
                TableDeclaration other = topics[topic];
                diagnostics.Add(GraphDiagnostics.DuplicateTopic(
                    table.Topic.Name?.Location ?? table.Location, topic, other.Name, other.Location));
            }
        }
    }

    private void CheckUnique(string kind, IReadOnlyList<(string Name, Location Location)> names)
    {
        Dictionary<string, Location> seen = new(StringComparer.Ordinal);
        foreach ((string name, Location location) in names)
        {
            if (!seen.TryAdd(name, location))
            {
                diagnostics.Add(GraphDiagnostics.DuplicateName(location, kind, name, kind, seen[name]));
            }
        }
    }
}
