using Millrace.Diagnostics;
using Millrace.Sql;

namespace Millrace.Projects;

/// <summary>
/// Which column of each table is its row time: the declared one, else the one that a window or AS OF uses. The first
/// use decides.
/// </summary>
internal sealed class TimeColumns
{
    private readonly Dictionary<string, TypeDemand> used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TableDeclaration> tables = new(StringComparer.Ordinal);

    public TimeColumns(IEnumerable<TableDeclaration> tables)
    {
        foreach (TableDeclaration table in tables)
        {
            this.tables.TryAdd(table.Name, table);
        }
    }

    public string? ColumnOf(string table) => DeclaredFor(table)?.Value ?? UseOf(table)?.Origin.Column;

    /// <summary>The use that decided, or null when the column is declared or there is none.</summary>
    public TypeDemand? UseOf(string table) => used.GetValueOrDefault(table);

    /// <summary>Takes the uses of columns as row times; whether a table got its column by one.</summary>
    public bool Decide(IEnumerable<TypeDemand> demands)
    {
        bool changed = false;
        foreach (TypeDemand demand in TimeUses(demands))
        {
            changed |= DeclaredFor(demand.Origin.Source) is null && used.TryAdd(demand.Origin.Source, demand);
        }

        return changed;
    }

    /// <summary>Reports uses of another column than the table's one row time.</summary>
    public void Check(IEnumerable<TypeDemand> demands, DiagnosticBag diagnostics)
    {
        foreach (TypeDemand demand in TimeUses(demands))
        {
            string table = demand.Origin.Source;
            if (ColumnOf(table) is { } column && column != demand.Origin.Column)
            {
                diagnostics.Add(DeclaredFor(table) is { } declared
                    ? TypingDiagnostics.NotTheEventTime(demand, declared)
                    : TypingDiagnostics.TwoEventTimes(demand, used[table]));
            }
        }
    }

    private IEnumerable<TypeDemand> TimeUses(IEnumerable<TypeDemand> demands) =>
        demands.Where(d => d.Family == TypeFamily.TimeAttribute && tables.ContainsKey(d.Origin.Source));

    private Said<string>? DeclaredFor(string table) => tables.GetValueOrDefault(table)?.EventTime.Column;
}
