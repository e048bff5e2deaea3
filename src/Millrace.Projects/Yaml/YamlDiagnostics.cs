using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Mistakes in YAML files: what cannot be read, and keys and values that mean nothing.</summary>
internal static class YamlDiagnostics
{
    public static Diagnostic Syntax(Location at, string reason) => new(
        "MR0501", Severity.Error, at, $"the file is not valid YAML from here on: {Sentence(reason)}", SyntaxHelp(at));

    public static Diagnostic Tab(Location at) => new(
        "MR0518", Severity.Error, at, "a tab stands where YAML wants spaces; from here on the file cannot be read",
        "indent with spaces");

    public static Diagnostic SecondDocument(Location at) => new(
        "MR0502", Severity.Error, at, "a second YAML document begins here; only the first would be read",
        "remove the \"---\", or move what follows into a file of its own");

    public static Diagnostic TooDeep(Location at) => new(
        "MR0503", Severity.Error, at, "the YAML is nested too deeply to mean anything in a project",
        "check the indentation of the lines above");

    public static Diagnostic KeyIsNoText(Location at) => new(
        "MR0504", Severity.Error, at, "a key must be a text, this one is a list or a mapping",
        "a value that begins with { or [ is YAML of its own; put it in quotes");

    public static Diagnostic DuplicateKey(Location at, string key, Location first) => new(
        "MR0505", Severity.Error, at, $"\"{key}\" is said twice in the same mapping; it is first said at {first}",
        "keep one of the two");

    public static Diagnostic UnknownAnchor(Location at, string name) => new(
        "MR0506", Severity.Error, at, $"*{name} refers to an anchor &{name} that is not defined above it");

    public static Diagnostic UnknownKey(Location at, string key, string what, IReadOnlyCollection<string> keys) => new(
        "MR0507", Severity.Error, at, $"unknown key \"{key}\" in {what}", Suggestion.DidYouMean(key, keys));

    public static Diagnostic WrongType(Location at, string key, string expected, string found) => new(
        "MR0508", Severity.Error, at, $"\"{key}\" must be {expected}, not {found}");

    public static Diagnostic MissingKey(Location at, string what, string key, string? help = null) => new(
        "MR0509", Severity.Error, at, $"{what} needs \"{key}\"", help);

    public static Diagnostic NotOneOf(Location at, string key, string value, IReadOnlyCollection<string> values) => new(
        "MR0510", Severity.Error, at, $"\"{key}\" cannot be \"{value}\"", Suggestion.DidYouMean(value, values));

    public static Diagnostic OutOfRange(Location at, string key, string value, string range) => new(
        "MR0511", Severity.Error, at, $"\"{key}\" must be {range}, not {value}");

    public static Diagnostic BadDuration(Location at, string key, string value) => new(
        "MR0512", Severity.Error, at, $"\"{key}\" must be a duration, not \"{value}\"",
        "write a number with its unit: 500ms, 30s, 2m, 24h, 7d");

    public static Diagnostic SaidTwice(Location at, string key, string other) => new(
        "MR0513", Severity.Error, at, $"\"{key}\" says the same as \"{other}\" above", "keep one of the two");

    public static Diagnostic UnsetVariable(Location at, string name) => new(
        "MR0514", Severity.Error, at, $"environment variable \"{name}\" is not set, and this value is needed",
        $"set it in the environment, or write {name}=… in a file .env in the project's folder");

    public static Diagnostic BadVariable(Location at) => new(
        "MR0515", Severity.Error, at, "\"${\" begins the name of an environment variable, but no name follows",
        "write ${NAME}: letters, digits and _ between the braces");

    public static Diagnostic BadName(Location at, string what, string name) => new(
        "MR0516", Severity.Error, at, $"\"{name}\" cannot be the name of {what}",
        "a name begins with a letter or _ and goes on with letters, digits, _ and -");

    public static Diagnostic BadTopicName(Location at, string name) => new(
        "MR0517", Severity.Error, at, $"\"{name}\" cannot be the name of a topic",
        "Kafka takes at most 249 letters, digits, ., _ and -");

    public static Diagnostic NotSupportedYet(Location at, string key, string why) => new(
        "MR0590", Severity.Error, at, $"\"{key}\" is not supported yet: {why}");

    public static Diagnostic WithoutEffectYet(Location at, string key, string why) => new(
        "MR0591", Severity.Warning, at, $"\"{key}\" has no effect yet: {why}");

    private static string Sentence(string reason)
    {
        string text = reason.Trim().TrimEnd('.');
        return text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : "unreadable";
    }

    private static string SyntaxHelp(Location at)
    {
        string line = at.Source.Line(at.Source.Position(at.Span.Start).Line);
        return line switch
        {
            _ when line.Contains("{{", StringComparison.Ordinal) =>
                "a value that begins with {{ must stand in quotes, or in a block: sql: |",
            _ => "check the indentation, the quotes and the colons of this line and of the one before",
        };
    }
}
