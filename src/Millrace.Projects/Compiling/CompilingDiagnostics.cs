using Millrace.Data;
using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Mistakes about columns and kinds of tables that show only when their queries are compiled.</summary>
internal static class CompilingDiagnostics
{
    public static Diagnostic UnknownColumn(
        Location at, string what, string column, string table, IReadOnlyCollection<string> columns) => new(
        "MR0620", Severity.Error, at, $"{what} names a column \"{column}\" that \"{table}\" does not have",
        Suggestion.DidYouMean(column, columns));

    public static Diagnostic NoNumber(Location at, string column, SqlType type) => new(
        "MR0621", Severity.Error, at, $"range needs a number, but \"{column}\" is {type.Nullable()}",
        "give the column a numeric type, or test it with accepted_values");

    public static Diagnostic NoTime(Location at, string column, SqlType type) => new(
        "MR0622", Severity.Error, at, $"max_lag needs a point in time, but \"{column}\" is {type.Nullable()}",
        "name a TIMESTAMP column, or leave \"column\" out to go by the table's own time");

    public static Diagnostic OtherType(Location at, string column, string declared, SqlType type) => new(
        "MR0623", Severity.Error, at, $"\"{column}\" is declared {declared}, but the query gives {type.Nullable()}",
        $"declare {type.Nullable()}, or CAST it in the SQL");

    public static Diagnostic NotStateless(Location at, string what) => new(
        "MR0624", Severity.Error, at, $"the model cannot be materialized as a topic: its query has {what}",
        "remove \"materialized\", or write flink");

    public static Diagnostic NoJson(Location at, string column, SqlType type) => new(
        "MR0625", Severity.Error, at, $"\"{column}\" is {type.Nullable()}, which a topic's JSON has no form for",
        "the keys of a JSON object are texts: CAST what is collected to STRING");
}
