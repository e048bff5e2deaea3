using System.Globalization;
using Millrace.Data;
using Millrace.Diagnostics;

namespace Millrace.Sql.Binding;

/// <summary>Names and types that do not fit: codes MR0201 to MR0299, one method each.</summary>
internal static class BindingDiagnostics
{
    public static Diagnostic UnknownTable(Location at, string name, IReadOnlyCollection<string> tables) =>
        Error("MR0201", at, $"there is no table \"{name}\"", Suggestion.DidYouMean(name, tables));

    public static Diagnostic UnknownColumn(Location at, string name, IReadOnlyCollection<string> columns) =>
        Error("MR0202", at, $"there is no column \"{name}\"", Suggestion.DidYouMean(name, columns));

    public static Diagnostic UnknownAlias(Location at, string alias, IReadOnlyCollection<string> tables) =>
        Error("MR0203", at, $"no table in FROM is called \"{alias}\"", Suggestion.DidYouMean(alias, tables));

    public static Diagnostic AmbiguousColumn(Location at, string name, IEnumerable<string?> tables) =>
        Error("MR0204", at, $"the column \"{name}\" is in more than one place",
            "write the table before it: "
                + $"{string.Join(" or ", tables.OfType<string>().Distinct().Select(t => $"{t}.{name}"))}");

    public static Diagnostic OperandTypes(Location at, string @operator, SqlType left, SqlType right) =>
        Error("MR0205", at, $"{@operator} does not take {Said(left)} and {Said(right)}", TypeHelp.Mixed(left, right));

    public static Diagnostic OperandType(Location at, string @operator, SqlType type, string wanted) =>
        Error("MR0206", at, $"{@operator} wants {wanted}, not {Said(type)}", TypeHelp.Wanted(wanted));

    public static Diagnostic NoCommonType(Location at, string construct, SqlType first, SqlType second) =>
        Error("MR0207", at, $"{construct} mixes {Said(first)} and {Said(second)}, which have no type in common",
            TypeHelp.Mixed(first, second));

    public static Diagnostic UntypedNull(Location at) =>
        Error("MR0208", at, "a bare NULL has no type here", "write CAST(NULL AS ..) with the type that you mean");

    public static Diagnostic NumberOutOfRange(Location at, string number) =>
        Error("MR0209", at, $"the number {number} is out of range",
            "a BIGINT goes up to 9223372036854775807, a DECIMAL has 38 digits");

    public static Diagnostic BadLiteral(Location at, string type, string text) =>
        Error("MR0210", at, $"'{text}' is no {type}", TypeHelp.Literal(type));

    public static Diagnostic NotACondition(Location at, string clause, SqlType type) =>
        Error("MR0211", at, $"{clause} wants a condition, not {Said(type)}", TypeHelp.Wanted("a condition"));

    /// <param name="at">The call.</param>
    /// <param name="function">Its name.</param>
    /// <param name="wanted">How many arguments it takes, in words.</param>
    /// <param name="given">How many there are; null for a star.</param>
    public static Diagnostic ArgumentCount(Location at, string function, string wanted, int? given) =>
        Error("MR0212", at, $"{function} takes {wanted}, not {given?.ToString(CultureInfo.InvariantCulture) ?? "*"}");

    public static Diagnostic ArgumentType(Location at, string function, string wanted, SqlType type) =>
        Error("MR0213", at, $"{function} takes {wanted}, not {Said(type)}", TypeHelp.Wanted(wanted));

    public static Diagnostic AggregateNotHere(Location at, string function, string place) =>
        Error("MR0214", at, $"the aggregate {function} can't stand in {place}",
            place == "WHERE" ? "a condition on what a group comes to stands in HAVING" : null);

    public static Diagnostic NotGrouped(Location at, string column) =>
        Error("MR0215", at, $"\"{column}\" is neither in GROUP BY nor inside an aggregate",
            $"add {column} to GROUP BY, or aggregate it");

    public static Diagnostic CastRefused(Location at, SqlType from, SqlType to) =>
        Error("MR0216", at, $"{Said(from)} can't be cast to {Said(to)}");

    public static Diagnostic ColumnListLength(Location at, int named, int there) =>
        Error("MR0217", at,
            $"{named} {(named == 1 ? "name" : "names")} for {there} {(there == 1 ? "column" : "columns")}",
            "name every column in its order, or none");

    public static Diagnostic UnknownType(Location at, string name) =>
        Error("MR0218", at, $"there is no type {name}", TypeHelp.Unknown(name));

    public static Diagnostic BadTypeParameter(Location at, string type) =>
        Error("MR0219", at, $"{type} does not take these parameters",
            "DECIMAL(p, s) has p digits, 1 to 38, of which s, at most p, are behind the point");

    public static Diagnostic BadInterval(Location at, string text, string form) =>
        Error("MR0220", at, $"the interval '{text}' does not fit its unit",
            $"write it as '{form}'; the leading number has two digits, for more say so: INTERVAL '100' SECOND(3)");

    public static Diagnostic IntervalPrecision(Location at, int most) =>
        Error("MR0221", at, $"the leading number of an interval has at most {most} digits",
            "write it in a larger unit");

    public static Diagnostic UnknownFunction(Location at, string name, string? help) =>
        Error("MR0222", at, $"there is no function {name}", help);

    public static Diagnostic ModifierOnScalar(Location at, string function, string modifier) =>
        Error("MR0223", at, $"{modifier} belongs to aggregates, and {function} is none");

    /// <summary>A type as a person names it: whether it may be NULL is never what is wrong.</summary>
    private static string Said(SqlType type) => type.Nullable().ToString();

    private static Diagnostic Error(string code, Location at, string message, string? help = null) =>
        new(code, Severity.Error, at, message, help);
}
