using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>A model with its expanded SQL and the tables that this names.</summary>
/// <param name="Model">The declaration.</param>
/// <param name="Sql">Its SQL, expanded.</param>
/// <param name="Inputs">The names of the tables that it reads, each once, in order.</param>
/// <param name="IsSound">Whether its templates have no mistake, so that compiling the SQL makes sense.</param>
internal sealed record ModelNode(ModelDefinition Model, ExpandedSql Sql, IReadOnlyList<string> Inputs, bool IsSound);

/// <summary>Orders a project's models so that each comes after those that it reads; reports circles.</summary>
internal sealed class ModelGraph
{
    private readonly Dictionary<string, ModelNode> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> done = new(StringComparer.Ordinal);
    private readonly List<ModelNode> ordered = [];
    private readonly List<string> path = [];
    private readonly DiagnosticBag diagnostics;

    private ModelGraph(DiagnosticBag diagnostics)
    {
        this.diagnostics = diagnostics;
    }

    /// <summary>
    /// The models in order; models that stand in a circle, or read one that does, are left out. Models without an order
    /// between them stay in the order of their declaration.
    /// </summary>
    public static IReadOnlyList<ModelNode> Order(
        ProjectDefinition project, TableNames names, ReaderContext context)
    {
        ModelGraph graph = new(context.Diagnostics);
        foreach (ModelDefinition model in project.Models)
        {
            graph.nodes.TryAdd(model.Name, NodeOf(model, project.Vars, names, context));
        }

        foreach (ModelNode node in graph.nodes.Values)
        {
            graph.Visit(node);
        }

        return graph.ordered;
    }

    private static ModelNode NodeOf(
        ModelDefinition model, IReadOnlyDictionary<string, string> vars, TableNames names, ReaderContext context)
    {
        int before = context.Diagnostics.Items.Count;
        ExpandedSql sql = TemplateExpander.Expand(model.Sql, vars, context);
        List<TableDeclaration?> tables = [.. sql.References.Select(names.Resolve)];
        string[] inputs = [.. tables.OfType<TableDeclaration>().Select(t => t.Name).Distinct()];
        return new ModelNode(model, sql, inputs, IsSound: context.Diagnostics.Items.Count == before);
    }

    /// <summary>Depth first; whether the model and all that it reads are free of circles.</summary>
    private bool Visit(ModelNode node)
    {
        string name = node.Model.Name;
        if (done.TryGetValue(name, out bool isSound))
        {
            return isSound;
        }

        int start = path.IndexOf(name);
        if (start >= 0)
        {
            ReportCycle(node, [.. path[start..], name]);
            return false;
        }

        path.Add(name);
        bool sound = true;
        foreach (string input in node.Inputs)
        {
            sound &= !nodes.TryGetValue(input, out ModelNode? read) || Visit(read);
        }

        path.RemoveAt(path.Count - 1);
        done[name] = sound;
        if (sound)
        {
            ordered.Add(node);
        }

        return sound;
    }

    private void ReportCycle(ModelNode node, IReadOnlyList<string> cycle)
    {
        TableReference reference = node.Sql.References.First(r => r.Name == cycle[1]);
        diagnostics.Add(GraphDiagnostics.Cycle(reference.Location, cycle));
    }
}
