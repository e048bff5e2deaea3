using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// A column that names can refer to: its table's alias (null for a derived table without one) and its place.
/// </summary>
internal sealed record ScopeColumn(string? Table, Field Field, int Index, bool IsAmbiguous = false);
