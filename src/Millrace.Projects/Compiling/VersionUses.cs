using Millrace.Diagnostics;
using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>A table that stands right of AS OF.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Key">The columns by which it is joined: positions in the table.</param>
/// <param name="TimeColumn">The version time's position; null means the record's timestamp.</param>
/// <param name="Model">The model that joins it.</param>
/// <param name="Location">Where the model names it.</param>
internal sealed record VersionUse(
    string Table, IReadOnlyList<int> Key, int? TimeColumn, string Model, Location Location);

/// <summary>Finds how plans read tables: as streams, and as versions right of AS OF.</summary>
internal sealed class VersionUses
{
    private readonly Dictionary<string, VersionUse> versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> streams = new(StringComparer.Ordinal);
    private readonly DiagnosticBag diagnostics;

    public VersionUses(TypedProject project, DiagnosticBag diagnostics)
    {
        this.diagnostics = diagnostics;
        foreach (ModelNode node in project.Nodes)
        {
            Walk(project.Plans[node.Model.Name], node, isVersions: false);
        }
    }

    /// <summary>How the table's rows are versions; null when no query joins it AS OF.</summary>
    public VersionUse? Find(string table) => versions.GetValueOrDefault(table);

    /// <summary>Whether queries read the table, and by AS OF only.</summary>
    public bool IsVersionedOnly(string table) => versions.ContainsKey(table) && !streams.Contains(table);

    private void Walk(PlanNode plan, ModelNode node, bool isVersions)
    {
        if (plan is TableScan scan && !isVersions)
        {
            streams.Add(scan.Table.Name);
        }
        else if (plan is TemporalJoin join)
        {
            AddUse(join, node);
            Walk(join.Left, node, isVersions);
            Walk(join.Right, node, isVersions: true);
        }
        else
        {
            foreach (PlanNode input in plan.Inputs)
            {
                Walk(input, node, isVersions);
            }
        }
    }

    private void AddUse(TemporalJoin join, ModelNode node)
    {
        PlanNode at = join.Right;
        int[] key = [.. join.RightKey];
        int? time = join.RightTime;
        while (at is not TableScan && at.Inputs is [{ } input])
        {
            key = [.. key.Select(k => Below(at, k))];
            time = time is { } column ? Below(at, column) : null;
            at = input;
        }

        if (at is not TableScan scan || key.Contains(-1))
        {
            return;
        }

        Location place = node.Sql.References.First(r => r.Name == scan.Table.Name).Location;
        VersionUse use = new(scan.Table.Name, key, time, node.Model.Name, place);
        if (!versions.TryAdd(use.Table, use) && !versions[use.Table].Key.Order().SequenceEqual(key.Order()))
        {
            VersionUse first = versions[use.Table];
            diagnostics.Add(TypingDiagnostics.TwoVersionKeys(
                place, use.Table, Names(scan.Table, key), Names(scan.Table, first.Key), first.Location));
        }
    }

    /// <summary>The input's column that a column of a filter or projection is, unchanged; -1 when it is
    /// computed.</summary>
    private static int Below(PlanNode node, int column) => node switch
    {
        Filter => column,
        Project project => column >= 0 && project.Expressions[column] is InputColumn input ? input.Index : -1,
        _ => -1,
    };

    private static string Names(TableDefinition table, IReadOnlyList<int> key) =>
        string.Join(", ", key.Select(k => $"\"{table.Fields[k].Name}\""));
}
