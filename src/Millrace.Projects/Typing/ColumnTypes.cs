using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;
using Millrace.Sql;

namespace Millrace.Projects;

/// <summary>A column of a source: its type, and how it came by it.</summary>
/// <param name="Origin">The column.</param>
/// <param name="Type">The type that holds now.</param>
/// <param name="IsDeclared">Whether the user gave the type.</param>
/// <param name="Location">The column's name, in the source's file.</param>
/// <param name="DecidedBy">The use that decided the type; null for a declared one and for STRING by default.</param>
internal sealed record TypedColumn(
    ColumnOrigin Origin, SqlType Type, bool IsDeclared, Location Location, TypeDemand? DecidedBy = null);

/// <summary>
/// The types of the sources' columns while they are being inferred. A column without a declared type is STRING until
/// a use asks for something else; the first use that does decides, for good, so repeating this over all queries comes
/// to an end.
/// </summary>
internal sealed class ColumnTypes
{
    private readonly Dictionary<ColumnOrigin, TypedColumn> columns = [];

    public IEnumerable<TypedColumn> All => columns.Values;

    public void Add(TypedColumn column) => columns[column.Origin] = column;

    public TypedColumn? Find(ColumnOrigin origin) => columns.GetValueOrDefault(origin);

    /// <summary>Gives undecided columns the types that uses demand; whether any type changed.</summary>
    public bool Decide(IEnumerable<TypeDemand> demands)
    {
        bool changed = false;
        foreach (TypeDemand demand in demands.Where(d => d.Family != TypeFamily.Character))
        {
            if (Find(demand.Origin) is { IsDeclared: false, DecidedBy: null } column)
            {
                columns[demand.Origin] =
                    column with { Type = demand.Type ?? TypeOf(demand.Family), DecidedBy = demand };
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>Pairs of uses of one column that no one type satisfies: the deciding use, and another. One pair per
    /// column.</summary>
    public IEnumerable<(TypedColumn Column, TypeDemand Other)> Conflicts(IReadOnlyList<TypeDemand> demands)
    {
        foreach (TypedColumn column in All.Where(c => c.DecidedBy is not null))
        {
            TypeFamily family = column.DecidedBy!.Family;
            TypeDemand? other = demands.FirstOrDefault(d => d.Origin == column.Origin && !Agree(family, d.Family));
            if (other is not null)
            {
                yield return (column, other);
            }
        }
    }

    private static SqlType TypeOf(TypeFamily family) => family switch
    {
        TypeFamily.Numeric => SqlType.Double,
        TypeFamily.Boolean => SqlType.Boolean,
        TypeFamily.TimeAttribute or TypeFamily.Timestamp => SqlType.TimestampLtz(3),
        _ => SqlType.String,
    };

    /// <summary>A point in time may be compared with text: SQL reads the text as a time.</summary>
    private static bool Agree(TypeFamily decided, TypeFamily other) =>
        decided == other || (IsTime(decided) && (IsTime(other) || other == TypeFamily.Character));

    private static bool IsTime(TypeFamily family) => family is TypeFamily.TimeAttribute or TypeFamily.Timestamp;
}
