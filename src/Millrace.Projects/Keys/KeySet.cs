namespace Millrace.Projects;

/// <summary>Who honours a key.</summary>
internal enum KeyUse
{
    /// <summary>This product, when it runs the project.</summary>
    Used,

    /// <summary>For people and tools that read the project; it changes no row.</summary>
    Described,

    /// <summary>Only a deployment to Kafka and Flink.</summary>
    Deployed,

    /// <summary>Nobody yet; the project still means what it says, so a warning is enough.</summary>
    WithoutEffectYet,

    /// <summary>Nobody yet; leaving it out of account would change what the project means, so it is an error.</summary>
    NotYet,
}

/// <summary>A key that may stand in a mapping.</summary>
/// <param name="Name">As it is written; <see cref="KeySet.AnyName"/> where the user chooses.</param>
/// <param name="Value">What its value looks like, for the reference: <c>text</c>, <c>duration</c>.</param>
/// <param name="Meaning">What it does, one clause; of a key without effect, why it has none.</param>
/// <param name="Use">Who honours it.</param>
/// <param name="Nested">The keys of its value, or of each item of its value.</param>
internal sealed record YamlKey(
    string Name, string Value, string Meaning, KeyUse Use = KeyUse.Used, KeySet? Nested = null);

/// <summary>
/// The keys that one kind of mapping knows. The reference in <c>docs/yaml</c> is written from these sets, and the
/// checker refuses what is not in them: what is documented and what is accepted cannot differ.
/// </summary>
/// <param name="What">The mapping in a user's words, with its article: "a source".</param>
/// <param name="Keys">In the order in which the reference lists them.</param>
internal sealed record KeySet(string What, params YamlKey[] Keys)
{
    /// <summary>The name of a key that stands for every name: of a variable, a cluster, a setting.</summary>
    public const string AnyName = "<name>";

    public YamlKey? Find(string name) =>
        Array.Find(Keys, k => string.Equals(k.Name, name, StringComparison.Ordinal))
        ?? Array.Find(Keys, k => k.Name == AnyName);

    /// <summary>The spellings of a duration: <c>x: 30s</c>, <c>x_ms: 30000</c>, <c>x_seconds: 30</c>.</summary>
    public static YamlKey[] Duration(string name, string meaning, KeyUse use = KeyUse.Used) =>
    [
        new(name, "duration", meaning, use),
        new($"{name}_ms", "number", use == KeyUse.NotYet ? meaning : $"`{name}` in milliseconds", use),
        new($"{name}_seconds", "number", use == KeyUse.NotYet ? meaning : $"`{name}` in seconds", use),
    ];
}
