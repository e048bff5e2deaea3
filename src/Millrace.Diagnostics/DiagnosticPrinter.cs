using System.Text;

namespace Millrace.Diagnostics;

/// <summary>
/// Prints a diagnostic as text for a person:
/// <code>
/// models/a.yml:7:16: error MR0201: no column "sesion_id" in clickstream
///   7 |       SELECT sesion_id
///     |              ^^^^^^^^^
///   help: did you mean "session_id"?
/// </code>
/// </summary>
public static class DiagnosticPrinter
{
    public static string Print(Diagnostic diagnostic)
    {
        StringBuilder text = new();
        if (diagnostic.Location is { } at)
        {
            text.Append(at).Append(": ");
        }

        text.Append(diagnostic.IsError ? "error " : "warning ").Append(diagnostic.Code)
            .Append(": ").Append(diagnostic.Message);
        if (diagnostic.Location is { } location)
        {
            AppendExcerpt(text, location);
        }

        if (diagnostic.Help is { } help)
        {
            text.Append("\n  help: ").Append(help);
        }

        return text.ToString();
    }

    private static void AppendExcerpt(StringBuilder text, Location location)
    {
        (int line, int column) = location.Source.Position(location.Span.Start);
        string code = location.Source.Line(line).Replace('\t', ' ');
        string number = $"{line + 1}";
        int width = Math.Max(1, Math.Min(location.Span.Length, code.Length - column));
        text.Append("\n  ").Append(number).Append(" | ").Append(code);
        text.Append("\n  ").Append(' ', number.Length).Append(" | ").Append(' ', column).Append('^', width);
    }
}
