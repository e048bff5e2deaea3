using Millrace.Plans;

namespace Millrace.Sql.Binding;

/// <summary>
/// The columns that an expression may name, in the order of the input's columns. Immutable; names are case-sensitive.
/// </summary>
internal sealed class Scope(IReadOnlyList<ScopeColumn> columns)
{
    public static readonly Scope Empty = new([]);

    public IReadOnlyList<ScopeColumn> Columns => columns;

    /// <summary>
    /// The columns of a plan node under a table's name. A name that occurs twice can't be referred to.
    /// </summary>
    public static Scope Of(string? table, IReadOnlyList<Field> fields, IReadOnlySet<string>? ambiguous = null) =>
        new([.. fields.Select((f, i) => new ScopeColumn(table, f, i, ambiguous?.Contains(f.Name) == true))]);

    /// <summary>The columns of a join: the left ones, then the right ones.</summary>
    public Scope Join(Scope right, IReadOnlyList<Field> joined) =>
        new([.. columns.Concat(right.Columns).Select((c, i) => c with { Index = i, Field = joined[i] })]);

    /// <summary>The columns of that name, of all tables or of one.</summary>
    public List<ScopeColumn> Find(string? table, string column) =>
        [.. columns.Where(c => c.Field.Name == column && (table is null || c.Table == table))];

    public bool HasTable(string table) => columns.Any(c => c.Table == table);

    /// <summary>The names that could have been meant, for "did you mean".</summary>
    public IReadOnlyCollection<string> Names(string? table) =>
        [.. columns.Where(c => table is null || c.Table == table).Select(c => c.Field.Name).Distinct()];

    public IReadOnlyCollection<string> Tables => [.. columns.Select(c => c.Table).OfType<string>().Distinct()];
}
