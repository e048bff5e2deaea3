namespace Millrace.Plans;

/// <summary>Reads a table's rows as they come.</summary>
public sealed class TableScan : PlanNode
{
    public TableScan(TableDefinition table)
        : base([], table.Fields, ChangelogKind.Append, null)
    {
        Table = table;
    }

    public TableDefinition Table { get; }

    public override string Describe() => $"TableScan({Table.Name})";
}
