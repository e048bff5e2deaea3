using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>Everything that a project's files declare, as it is declared, in the order of the files' names.</summary>
internal sealed class ProjectDefinition
{
    public Said<string>? Name { get; set; }

    public string? Version { get; set; }

    public string? Description { get; set; }

    public Dictionary<string, string> Vars { get; } = new(StringComparer.Ordinal);

    /// <summary>Partitions of topics that say nothing, by <c>defaults:</c>.</summary>
    public TopicDefinition TopicDefaults { get; set; } = TopicDefinition.Unsaid;

    public TopicDefinition ModelTopicDefaults { get; set; } = TopicDefinition.Unsaid;

    public List<SourceDefinition> Sources { get; } = [];

    public List<ModelDefinition> Models { get; } = [];

    /// <summary>What sinks say that they write.</summary>
    public List<Said<string>> SinkInputs { get; } = [];

    /// <summary>Names and places of sinks: declared, but not run.</summary>
    public Dictionary<string, Location> Sinks { get; } = new(StringComparer.Ordinal);

    public List<TestDeclaration> Tests { get; } = [];

    public List<ExposureDefinition> Exposures { get; } = [];

    /// <summary>Whether every file could be read as YAML; else what is missing would only cause further
    /// mistakes.</summary>
    public bool IsComplete { get; set; } = true;

    /// <summary>Whether the files that declare sources have no mistake, so that compiling SQL over them makes
    /// sense.</summary>
    public bool AreSourcesSound { get; set; } = true;

    /// <summary>The tables that tests and exposures name.</summary>
    public IEnumerable<TableReference> References() =>
        Tests.Select(t => t.Table).Concat(Exposures.SelectMany(e => e.Consumes.Concat(e.Produces)));
}

/// <summary>A test and the place where it names its table.</summary>
internal sealed record TestDeclaration(TestDefinition Test, TableReference Table);
