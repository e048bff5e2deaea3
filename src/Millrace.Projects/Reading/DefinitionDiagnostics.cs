using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Mistakes inside one definition: keys that each make sense, but not together.</summary>
internal static class DefinitionDiagnostics
{
    public static Diagnostic DuplicateColumn(Location at, string name, Location first) => new(
        "MR0520", Severity.Error, at, $"column \"{name}\" is listed twice; it is first listed at {first}",
        "keep one of the two");

    public static Diagnostic WarnAfterError(Location at, Location error) => new(
        "MR0521", Severity.Error, at, $"the warning would come after the error, which is set at {error}",
        "make warn_after the shorter of the two");

    public static Diagnostic SinkWithSql(Location at) => new(
        "MR0522", Severity.Error, at, "a sink has no SQL: it writes the rows of the models in \"from\"",
        "put the SQL into a model of its own, and name that model in \"from\"");

    public static Diagnostic EmptyRange(Location at, string min, string max) => new(
        "MR0523", Severity.Error, at, $"no value is between {min} and {max}",
        "\"min\" must not be greater than \"max\"");

    public static Diagnostic NothingAsserted(Location at, string assertion, string keys) => new(
        "MR0524", Severity.Error, at, $"{assertion} says nothing", $"give it {keys}");

    public static Diagnostic OneAssertion(Location at) => new(
        "MR0525", Severity.Error, at,
        "an item of \"assertions\" is a mapping with exactly one key, the assertion's name",
        "begin each assertion with a dash of its own, and indent what belongs to it");

    public static Diagnostic WrongTestType(Location at, string assertion, string type, string wanted) => new(
        "MR0526", Severity.Error, at, $"{assertion} cannot be checked by a test of type {type}",
        $"move it to a test of type {wanted}");

    public static Diagnostic TwoTables(Location at) => new(
        "MR0527", Severity.Error, at, "a test looks at one table: a \"model\" or a \"source\", not both",
        "make two tests of it");

    public static Diagnostic TwoReferences(Location at) => new(
        "MR0528", Severity.Error, at, "an item of this list is one reference: a \"ref\" or a \"source\"",
        "begin each reference with a dash of its own");

    public static Diagnostic BadSchema(Location at, string reason) => new(
        "MR0529", Severity.Error, at, $"the schema's definition cannot be used: {reason}",
        "give a JSON Schema with \"properties\", or an Avro record with \"fields\"");

    public static Diagnostic BadSchemaType(Location at, string field, string type) => new(
        "MR0530", Severity.Error, at, $"the schema gives \"{field}\" the type {type}, which has no SQL type here",
        $"list the column in \"columns\" with a type of its own: - {{name: {field}, type: STRING}}");

    public static Diagnostic OneUnit(Location at) => new(
        "MR0531", Severity.Error, at, "a throughput counts per second or per minute, not both",
        "make two assertions of it");

    public static Diagnostic NothingThere(string folder) => new(
        "MR0601", Severity.Error, null, $"there is no project in \"{folder}\": no sources and no models",
        "a project is a folder with sources/*.yml and models/*.yml");

    public static Diagnostic UnknownEnvironment(string name, IReadOnlyCollection<string> names) => new(
        "MR0602", Severity.Error, null, $"there is no environment \"{name}\"",
        names.Count == 0 ? $"make a file environments/{name}.yml or .env.{name}" : Suggestion.DidYouMean(name, names));
}
