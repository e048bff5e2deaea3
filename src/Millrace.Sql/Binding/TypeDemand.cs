using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;

namespace Millrace.Sql;

/// <summary>What a place in a query needs of a value.</summary>
public enum TypeFamily
{
    /// <summary>A number: AVG, SUM, arithmetic, a comparison with a number. Decides for DOUBLE.</summary>
    Numeric,

    /// <summary>A row time: the time of a window or of AS OF. Decides for TIMESTAMP_LTZ(3), and for the table's time
    /// column.</summary>
    TimeAttribute,

    /// <summary>A point in time, without being a row time: a comparison with a TIMESTAMP. Decides for
    /// TIMESTAMP_LTZ(3).</summary>
    Timestamp,

    /// <summary>TRUE or FALSE: a predicate by itself, an operand of AND. Decides for BOOLEAN.</summary>
    Boolean,

    /// <summary>Text: LIKE, UPPER, a comparison with text. Decides for STRING.</summary>
    Character,
}

/// <summary>
/// A use of a column whose <see cref="Field.Origin"/> is known. The compiler reports one for every such use that needs
/// a family, whatever type the column has just now; its diagnostics and its plan are still those of the types that it
/// was given. Whoever owns the tables decides from the demands of all queries and, where a type changes, compiles
/// again.
/// </summary>
/// <param name="Origin">The column.</param>
/// <param name="Family">What the use needs.</param>
/// <param name="Use">The use in a user's words, as it follows "used": <c>in AVG</c>, <c>as the time of
/// TUMBLE</c>.</param>
/// <param name="Location">The column's name in the query.</param>
/// <param name="Type">The type that fits best, where the use has one: that of the column it is equated with.</param>
public sealed record TypeDemand(
    ColumnOrigin Origin, TypeFamily Family, string Use, Location Location, SqlType? Type = null);
