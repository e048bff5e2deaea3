using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql.Syntax;

namespace Millrace.Sql.Binding;

/// <summary>What binding one query shares: its text, the tables, and what was found wrong. Not thread-safe.</summary>
internal sealed class BindingContext(SqlSyntaxTree tree, ITableCatalog catalog)
{
    private readonly List<TypeDemand> demands = [];

    public ITableCatalog Catalog => catalog;

    public DiagnosticBag Diagnostics { get; } = new();

    public IReadOnlyList<TypeDemand> Demands => demands;

    /// <summary>A context for a try whose reports do not count.</summary>
    public BindingContext Trial() => new(tree, catalog);

    public Location At(SyntaxElement element) => tree.LocationOf(element);

    public void Report(Diagnostic diagnostic) => Diagnostics.Add(diagnostic);

    public void Demand(TypeDemand demand) => demands.Add(demand);
}
