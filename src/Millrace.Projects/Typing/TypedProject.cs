using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>A project whose columns have types and whose queries have plans.</summary>
/// <param name="Nodes">The models in order; those with errors, and those that read them, are missing.</param>
/// <param name="Tables">Every table that could be built, by name.</param>
/// <param name="Plans">The models' plans, by name.</param>
/// <param name="Types">The types of the sources' columns.</param>
/// <param name="Times">The row times.</param>
internal sealed record TypedProject(
    IReadOnlyList<ModelNode> Nodes,
    IReadOnlyDictionary<string, TableDefinition> Tables,
    IReadOnlyDictionary<string, PlanNode> Plans,
    ColumnTypes Types,
    TimeColumns Times);
