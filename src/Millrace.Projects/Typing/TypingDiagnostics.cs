using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Sql;

namespace Millrace.Projects;

/// <summary>Mistakes about types and times that show only when a whole project is looked at.</summary>
internal static class TypingDiagnostics
{
    public static Diagnostic BadType(Location at, string column, string type) => new(
        "MR0630", Severity.Error, at, $"\"{type}\" is no SQL type for column \"{column}\"",
        "for example STRING, BIGINT, DOUBLE, DECIMAL(10,2), BOOLEAN, TIMESTAMP_LTZ(3)");

    public static Diagnostic Contradiction(TypedColumn column, TypeDemand other) => new(
        "MR0631", Severity.Error, other.Location,
        $"{column.Origin} is used {other.Use} here, and {column.DecidedBy!.Use} at {column.DecidedBy.Location}; "
        + "no type fits both",
        $"give the column a type at {column.Location}, and CAST where it is used as something else");

    public static Diagnostic NotTheEventTime(TypeDemand use, Said<string> declared) => new(
        "MR0632", Severity.Error, use.Location,
        $"\"{use.Origin.Column}\" is used {use.Use}, but the event time of \"{use.Origin.Source}\" is "
        + $"\"{declared.Value}\", see {declared.Location}",
        $"a table has one event time: use \"{declared.Value}\" here, or declare \"{use.Origin.Column}\"");

    public static Diagnostic TwoEventTimes(TypeDemand use, TypeDemand first) => new(
        "MR0633", Severity.Error, use.Location,
        $"\"{use.Origin.Column}\" is used {use.Use} here, and \"{first.Origin.Column}\" of the same "
        + $"\"{use.Origin.Source}\" {first.Use} at {first.Location}",
        "a table has one event time: use the same column in both, and say which with event_time: {column: ..}");

    public static Diagnostic UnknownTimeColumn(
        Said<string> column, string table, IReadOnlyCollection<string> columns) =>
        new(
            "MR0634", Severity.Error, column.Location,
            $"\"{table}\" has no column \"{column.Value}\" to be its event time",
            Suggestion.DidYouMean(column.Value, columns));

    public static Diagnostic TimeColumnType(Location at, string table, string column, SqlType type) => new(
        "MR0635", Severity.Error, at,
        $"\"{column}\" is the event time of \"{table}\", but its type is {type.Nullable()}",
        "an event time is TIMESTAMP_LTZ(3), or TIMESTAMP(3) for times without a zone; epoch numbers are read as well");

    public static Diagnostic TwoVersionKeys(Location at, string table, string key, string other, Location first) => new(
        "MR0636", Severity.Error, at,
        $"\"{table}\" is joined AS OF by {key} here, and by {other} at {first}; its versions have one key",
        $"declare the key of \"{table}\", and join by it");
}
