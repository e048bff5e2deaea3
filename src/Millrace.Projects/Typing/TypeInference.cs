using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql;

namespace Millrace.Projects;

/// <summary>
/// Finds the types of a project's columns. Each pass compiles all queries in order over the tables as they are known;
/// the uses that queries make of open columns decide types and row times, and while something was decided another pass
/// follows. What is decided stays, so there are at most as many passes as open columns.
/// </summary>
internal sealed class TypeInference
{
    private readonly ProjectDefinition project;
    private readonly IReadOnlyList<ModelNode> nodes;
    private readonly DiagnosticBag diagnostics;
    private readonly ColumnTypes types = new();
    private readonly TimeColumns times;
    private readonly TableBuilder builder;
    private readonly QueryCompiler queries;

    /// <summary>The uses that any pass saw. A query that an early pass understood may fail in a later one.</summary>
    private readonly List<TypeDemand> demands = [];

    private TypeInference(ProjectDefinition project, IReadOnlyList<ModelNode> nodes, DiagnosticBag diagnostics)
    {
        this.project = project;
        this.nodes = nodes;
        this.diagnostics = diagnostics;
        times = new TimeColumns(project.Sources.Concat<TableDeclaration>(project.Models));
        builder = new TableBuilder(types, times);
        queries = new QueryCompiler(project.Sources.Concat<TableDeclaration>(project.Models));
    }

    public static TypedProject Run(ProjectDefinition project, IReadOnlyList<ModelNode> nodes, DiagnosticBag diagnostics)
    {
        TypeInference inference = new(project, nodes, diagnostics);
        inference.AddColumns();
        Pass pass = inference.RunPass();
        while (inference.Decide())
        {
            pass = inference.RunPass();
        }

        inference.Report(pass);
        return new TypedProject(pass.Nodes, pass.Tables, pass.Plans, inference.types, inference.times);
    }

    private void AddColumns()
    {
        foreach (SourceDefinition source in project.Sources)
        {
            foreach (ColumnDefinition column in source.Columns)
            {
                bool isTime = source.EventTime.Column?.Value == column.Name;
                SqlType type = isTime ? SqlType.TimestampLtz(3) : SqlType.String;
                if (column.Type is { } said && SqlTypes.Parse(said.Value) is not { } declared)
                {
                    diagnostics.Add(TypingDiagnostics.BadType(said.Location, column.Name, said.Value));
                }
                else if (column.Type is { } good)
                {
                    type = SqlTypes.Parse(good.Value)!;
                }

                types.Add(new TypedColumn(
                    new ColumnOrigin(
                        source.Name, column.Name), type, column.Type is not null || isTime, column.Location));
            }
        }
    }

    private bool Decide() => types.Decide(demands) | times.Decide(demands);

    private Pass RunPass()
    {
        Pass pass = new();
        foreach (SourceDefinition source in project.Sources)
        {
            pass.Tables[source.Name] = builder.Source(source);
        }

        foreach (ModelNode node in nodes.Where(n => n.IsSound && n.Inputs.All(pass.Tables.ContainsKey)))
        {
            SqlCompilation result = queries.Compile(node, pass.Tables);
            pass.Diagnostics.AddRange(result.Diagnostics);
            demands.AddRange(result.Demands.Except(demands));
            if (result.Plan is { } plan)
            {
                pass.Nodes.Add(node);
                pass.Plans[node.Model.Name] = plan;
                pass.Tables[node.Model.Name] = builder.Model(node.Model, plan);
            }
        }

        return pass;
    }

    /// <summary>
    /// Contradictions first. A query's own complaint about the same place would only repeat one of them in other words.
    /// </summary>
    private void Report(Pass pass)
    {
        DiagnosticBag found = new();
        foreach ((TypedColumn column, TypeDemand other) in types.Conflicts(demands))
        {
            found.Add(TypingDiagnostics.Contradiction(column, other));
        }

        times.Check(demands, found);
        diagnostics.AddRange(found.Items);
        diagnostics.AddRange(pass.Diagnostics.Where(d => !found.Items.Any(f => IsNear(d.Location, f.Location))));
    }

    private static bool IsNear(Location? one, Location? other) =>
        one is not null && other is not null
        && ReferenceEquals(one.Source, other.Source)
        && one.Span.Start < other.Span.End + 1 && other.Span.Start < one.Span.End + 1;

    /// <summary>What one pass over the queries found.</summary>
    private sealed class Pass
    {
        public Dictionary<string, TableDefinition> Tables { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, PlanNode> Plans { get; } = new(StringComparer.Ordinal);

        public List<ModelNode> Nodes { get; } = [];

        public List<Diagnostic> Diagnostics { get; } = [];
    }
}
