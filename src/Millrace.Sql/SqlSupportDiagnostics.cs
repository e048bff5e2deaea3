using Millrace.Data;
using Millrace.Diagnostics;

namespace Millrace.Sql;

/// <summary>
/// What is right SQL, and not there yet: codes MR0301 to MR0399, one method each. Never used for what is wrong.
/// </summary>
public static class SqlSupportDiagnostics
{
    public static Diagnostic ClauseNotSupported(Location at, string clause, string? instead = null) =>
        NotYet("MR0301", at, $"{clause} is not supported yet", instead);

    public static Diagnostic FunctionNotSupported(Location at, string function) =>
        NotYet("MR0302", at, $"the function {function} is not supported yet");

    public static Diagnostic TypesNotSupported(Location at, string construct, params IEnumerable<SqlType> types) =>
        NotYet("MR0303", at,
            $"{construct} over {string.Join(" and ", types.Select(t => t.Nullable()))} is not supported yet");

    public static Diagnostic TypeNotSupported(Location at, string type) =>
        NotYet("MR0304", at, $"the type {type} is not supported yet");

    private static Diagnostic NotYet(string code, Location at, string message, string? help = null) =>
        new(code, Severity.Error, at, message, help);
}
