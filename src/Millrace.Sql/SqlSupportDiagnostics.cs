using Millrace.Diagnostics;

namespace Millrace.Sql;

/// <summary>
/// What is right SQL, and not there yet: codes MR0301 to MR0399, one method each. Never used for what is wrong.
/// </summary>
public static class SqlSupportDiagnostics
{
    public static Diagnostic ClauseNotSupported(Location at, string clause) =>
        NotYet("MR0301", at, $"{clause} is not supported yet");

    private static Diagnostic NotYet(string code, Location at, string message, string? help = null) =>
        new(code, Severity.Error, at, message, help);
}
