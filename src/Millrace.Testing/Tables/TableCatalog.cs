using Millrace.Plans;

namespace Millrace.Testing.Tables;

/// <summary>A catalogue of a test's tables.</summary>
public sealed class TableCatalog(IReadOnlyList<TestTable> tables) : ITableCatalog
{
    public IReadOnlyCollection<string> TableNames => [.. tables.Select(t => t.Name)];

    public TableDefinition? Find(string name) => tables.FirstOrDefault(t => t.Name == name)?.Definition;
}
