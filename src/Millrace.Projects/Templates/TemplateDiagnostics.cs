using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Mistakes in templates.</summary>
internal static class TemplateDiagnostics
{
    private static readonly string[] Functions = ["source", "ref", "var"];

    public static Diagnostic NotClosed(Location at, string open, string close) => new(
        "MR0001", Severity.Error, at, $"this {open} is never closed", $"end it with {close}");

    public static Diagnostic UnknownFunction(Location at, string name) => new(
        "MR0002", Severity.Error, at, $"templates have no \"{name}\"",
        Suggestion.Nearest(name, Functions) is { } near
            ? $"did you mean {near}(\"..\")?"
            : "there are: source(\"name\"), ref(\"name\"), var(\"name\", default), ${NAME}");

    public static Diagnostic Expected(Location at, string expected) => new(
        "MR0003", Severity.Error, at, $"{expected} is expected here in the template");

    public static Diagnostic UnknownVar(Location at, string name, IReadOnlyCollection<string> vars) => new(
        "MR0004", Severity.Error, at, $"var \"{name}\" has no value and no default",
        Suggestion.Nearest(name, vars) is { } near
            ? $"did you mean \"{near}\"?"
            : $"give it a default, {{{{ var(\"{name}\", 1) }}}}, or a value in millrace.yml: vars: {{{name}: 1}}");

    public static Diagnostic UnknownStatement(Location at, string word) => new(
        "MR0005", Severity.Error, at, $"templates have no statement \"{word}\"",
        "there are: {% if var(\"name\") %} .. {% elif .. %} .. {% else %} .. {% endif %}");

    public static Diagnostic NoIf(Location at, string word) => new(
        "MR0006", Severity.Error, at, $"this {{% {word} %}} belongs to no {{% if %}} above it");

    public static Diagnostic NoEndIf(Location at) => new(
        "MR0007", Severity.Error, at, "this {% if %} has no {% endif %}",
        "write {% endif %} where the condition's part ends");

    public static Diagnostic NotHere(Location at, string function) => new(
        "MR0008", Severity.Error, at, $"{function}(..) has no value that a condition could ask for",
        "ask for a var(\"..\")");
}
