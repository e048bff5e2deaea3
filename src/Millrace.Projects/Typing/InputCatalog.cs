using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>
/// The tables that one model's templates name: all that its SQL may read. Notes the names that it was asked for in
/// vain.
/// </summary>
internal sealed class InputCatalog : ITableCatalog
{
    private readonly IReadOnlyDictionary<string, TableDefinition> tables;
    private readonly IReadOnlyList<string> inputs;
    private readonly List<string> missed = [];

    public InputCatalog(
        IReadOnlyDictionary<string, TableDefinition> tables, ModelNode node, IReadOnlyCollection<string> allNames)
    {
        this.tables = tables;
        inputs = node.Inputs;
        TableNames = allNames;
    }

    public IReadOnlyCollection<string> TableNames { get; }

    public IReadOnlyList<string> Missed => missed;

    public TableDefinition? Find(string name)
    {
        if (inputs.Contains(name, StringComparer.Ordinal))
        {
            return tables.GetValueOrDefault(name);
        }

        missed.Add(name);
        return null;
    }
}
