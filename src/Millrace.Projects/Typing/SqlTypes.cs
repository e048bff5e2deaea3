using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Sql;

namespace Millrace.Projects;

/// <summary>Reads the type of a column as YAML gives it.</summary>
internal static class SqlTypes
{
    /// <summary>The type, or null when the text is none.</summary>
    public static SqlType? Parse(string text) => SqlTypeCompiler.Compile(new SourceText("type", text)).Type;
}
