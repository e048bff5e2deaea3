using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Mistakes between definitions: names that clash, or lead nowhere, or in circles.</summary>
internal static class GraphDiagnostics
{
    public static Diagnostic DuplicateName(Location at, string kind, string name, string otherKind, Location other) =>
        new(
        "MR0603", Severity.Error, at, $"{kind} \"{name}\" has the same name as the {otherKind} at {other}",
        kind is "test" or "exposure"
            ? "give one of them another name"
            : "sources and models share their names: give one of them another");

    public static Diagnostic DuplicateTopic(Location at, string topic, string table, Location other) => new(
        "MR0604", Severity.Error, at, $"topic \"{topic}\" is already the topic of \"{table}\" at {other}",
        "two tables in one topic would read each other's rows; give one of them another topic");

    public static Diagnostic UnknownSource(
        Location at, string name, IReadOnlyCollection<string> sources, bool isModel) => new(
        "MR0605", Severity.Error, at, $"there is no source \"{name}\"", Help(
            name, sources, isModel, "a model: say ref instead"));

    public static Diagnostic UnknownModel(
        Location at, string name, IReadOnlyCollection<string> models, bool isSource) => new(
        "MR0606", Severity.Error, at, $"there is no model \"{name}\"", Help(
            name, models, isSource, "a source: say source instead"));

    public static Diagnostic UnknownTable(Location at, string name, IReadOnlyCollection<string> tables) => new(
        "MR0611", Severity.Error, at, $"there is no model and no source \"{name}\"", Suggestion.DidYouMean(
            name, tables));

    public static Diagnostic Sink(Location at, string name, Location sink) => new(
        "MR0607", Severity.Error, at, $"\"{name}\" is a sink, see {sink}: it has no rows of its own",
        "read the model that the sink writes");

    public static Diagnostic Cycle(Location at, IReadOnlyList<string> path) => new(
        "MR0608", Severity.Error, at, $"models go round in a circle: {string.Join(" → ", path)}",
        "a model must not read, even through others, what it writes");

    public static Diagnostic ReadsNothing(Location at, string model) => new(
        "MR0610", Severity.Error, at, $"model \"{model}\" reads no source and no model",
        "its FROM must name one: FROM {{ source(\"name\") }}");

    public static Diagnostic BareTable(Location at, string name, bool isSource) => new(
        "MR0609", Severity.Error, at, $"\"{name}\" is named without a template, so its place in the graph is not known",
        $"write {{{{ {(isSource ? "source" : "ref")}(\"{name}\") }}}}");

    private static string Help(string name, IReadOnlyCollection<string> names, bool isOther, string other) =>
        isOther ? $"\"{name}\" is {other}"
        : names.Count == 0 ? "there are none yet"
        : Suggestion.DidYouMean(name, names);
}
