namespace Millrace.Projects;

/// <summary>The keys at the top of a project's files.</summary>
internal static class FileKeys
{
    private static readonly YamlKey[] Sections =
    [
        new("sources", "list", "declared inputs", Nested: SourceKeys.Set),
        new("models", "list", "named SELECTs", Nested: ModelKeys.Set),
        new("tests", "list", "assertions about rows", Nested: TestKeys.Set),
        new("exposures", "list", "declared consumers", Nested: ExposureKeys.Set),
        new("experiments", "list", "experiments are not built", KeyUse.NotYet),
    ];

    private static readonly YamlKey Vars = new(
        "vars", "mapping", "values of `var(\"..\")`",
        Nested: new KeySet("vars", new YamlKey(KeySet.AnyName, "text, number, true or false", "the variable's value")));

    private static readonly YamlKey Runtime = new(
        "runtime", "`embedded` or mapping", "where a deployment goes", KeyUse.Deployed, RuntimeKeys.Set);

    private static readonly YamlKey[] About =
    [
        new("name", "text", "the project's name; default the folder's name"),
        new("version", "text or number", "for people and tools", KeyUse.Described),
        new("description", "text", "for people", KeyUse.Described),
    ];

    private static readonly KeySet ModelDefaults = new(
        "the defaults of models",
        new("topic", "mapping", "defaults of models' topics", Nested: TopicKeys.Defaults),
        new("cluster", "text", "the Flink cluster", KeyUse.Deployed));

    private static readonly KeySet Defaults = new(
        "defaults",
        new("topic", "mapping", "defaults of all topics", Nested: TopicKeys.Defaults),
        new("models", "mapping", "defaults of models", Nested: ModelDefaults),
        new("tests", "mapping", "defaults of tests", KeyUse.Deployed,
            new KeySet(
                "the defaults of tests", new YamlKey("flink_cluster", "text", "the Flink cluster", KeyUse.Deployed))));

    /// <summary>Files under <c>sources/</c>, <c>models/</c>, <c>tests/</c>, <c>exposures/</c>,
    /// <c>experiments/</c>.</summary>
    public static readonly KeySet Part = new("a project's file", Sections);

    /// <summary><c>millrace.yml</c> and <c>stream_project.yml</c>.</summary>
    public static readonly KeySet Project = new(
        "the project's file",
        [
            new("project", "mapping", "about the project", Nested: new KeySet("project", About)),
            .. About,
            Vars,
            new("defaults", "mapping", "what holds where nothing else is said", Nested: Defaults),
            Runtime,
            new("rules", "mapping", "the rules are not checked", KeyUse.WithoutEffectYet),
            .. Sections,
        ]);

    /// <summary>Files under <c>environments/</c>; the file's name is the environment's.</summary>
    public static readonly KeySet Environment = new(
        "an environment's file",
        new("environment", "mapping", "about the environment", KeyUse.Described,
            new KeySet(
                "environment",
                new YamlKey("name", "text", "for people; the file's name counts", KeyUse.Described),
                new YamlKey("description", "text", "for people", KeyUse.Described))),
        Vars,
        Runtime);
}
