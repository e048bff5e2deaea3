using Millrace.Data;
using Millrace.Diagnostics;

namespace Millrace.Sql.Binding;

/// <summary>
/// What streams ask beyond SQL: row times, windows, versions. Codes MR0401 to MR0499, one method each.
/// </summary>
internal static class StreamDiagnostics
{
    public static Diagnostic NotATimeAttribute(Location at, string construct, string expression) =>
        Error("MR0401", at, $"{construct} needs a row time, and {expression} is none",
            "use the table's event time column as it is: a CAST or a computed value loses the watermark");

    public static Diagnostic WindowSize(Location at, string function) =>
        Error("MR0402", at, $"the size of {function} is a positive interval of days to seconds",
            "as in INTERVAL '30' MINUTE");

    public static Diagnostic TwoWindows(Location at) => Error("MR0403", at, "a query groups by one window only",
        "write a model for each");

    public static Diagnostic WindowFunctionWithoutWindow(Location at, string function) =>
        Error("MR0404", at, $"{function} asks about a window that is not in GROUP BY",
            "its arguments must be those of the TUMBLE in GROUP BY");

    public static Diagnostic NotVersioned(Location at, string table) =>
        Error("MR0405", at, $"{table} has no versions: it has no key", "a table right of AS OF needs a key and a time");

    public static Diagnostic JoinKeyMissing(Location at, string table, IReadOnlyCollection<string> columns) =>
        Error("MR0406", at,
            $"the join does not say which row of {table} is meant"
                + (columns.Count == 0 ? "" : $": its key is {string.Join(", ", columns)}"),
            columns.Count == 0
                ? "ON must equate a column of it with a value of the left side"
                : "ON must equate every key column with a value of the left side");

    public static Diagnostic TemporalJoinKind(Location at) =>
        Error("MR0407", at, "a join AS OF is INNER or LEFT, with ON");

    public static Diagnostic AsOfNotLeft(Location at, string expression) =>
        Error("MR0408", at, $"AS OF needs a time column of the left side, and {expression} is none",
            "name the event time of the rows that are joined, as in e.`timestamp`");

    public static Diagnostic TimeTypesDiffer(Location at, SqlType left, SqlType right) =>
        Error("MR0409", at, $"the left time is {left.Nullable()} and the versions' time is {right.Nullable()}",
            "both must be TIMESTAMP, or both TIMESTAMP_LTZ");

    public static Diagnostic SnapshotWithoutJoin(Location at) =>
        Error("MR0410", at, "FOR SYSTEM_TIME AS OF stands on the right side of a JOIN only");

    public static Diagnostic WindowNotHere(Location at, string function, string place) =>
        Error("MR0412", at, $"{function} can't stand in {place}", "it belongs to a query with a window in GROUP BY");

    private static Diagnostic Error(string code, Location at, string message, string? help = null) =>
        new(code, Severity.Error, at, message, help);
}
