using System.Text;
using System.Text.Json;
using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What <c>millrace validate</c> prints: the project as it was understood, or what is wrong with it.</summary>
public static class ValidateReport
{
    public static string Text(ProjectCompilation compilation)
    {
        StringBuilder text = new();
        foreach (Diagnostic diagnostic in compilation.Diagnostics)
        {
            text.Append(DiagnosticPrinter.Print(diagnostic)).Append("\n\n");
        }

        if (compilation.Project is { } project)
        {
            text.Append(ProjectText.Of(project));
        }

        int errors = compilation.Diagnostics.Count(d => d.IsError);
        int warnings = compilation.Diagnostics.Count - errors;
        text.Append(Count(errors, "error")).Append(", ").Append(Count(warnings, "warning")).Append('\n');
        return text.ToString();
    }

    /// <summary>The same as one JSON object: <c>valid</c>, <c>diagnostics</c>, <c>project</c>.</summary>
    public static string Json(ProjectCompilation compilation) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("valid", compilation.Project is not null);
        json.WriteStartArray("diagnostics");
        foreach (Diagnostic diagnostic in compilation.Diagnostics)
        {
            WriteDiagnostic(json, diagnostic);
        }

        json.WriteEndArray();
        if (compilation.Project is { } project)
        {
            json.WritePropertyName("project");
            ProjectJson.Write(json, project);
        }

        json.WriteEndObject();
    });

    private static void WriteDiagnostic(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", diagnostic.IsError ? "error" : "warning");
        JsonText.WriteLocation(json, diagnostic.Location);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("help", diagnostic.Help);
        json.WriteEndObject();
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
