using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What is declared of a source and of a model alike.</summary>
internal abstract record TableDeclaration
{
    public required string Name { get; init; }

    public required Location Location { get; init; }

    /// <summary>"source" or "model".</summary>
    public abstract string Kind { get; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required TopicDefinition Topic { get; init; }

    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];

    public Said<string>? Key { get; init; }

    public required EventTimeDefinition EventTime { get; init; }

    public ColumnDefinition? FindColumn(string name) => Columns.FirstOrDefault(c => c.Name == name);
}

/// <summary>An item of <c>sources:</c>.</summary>
internal sealed record SourceDefinition : TableDeclaration
{
    public override string Kind => "source";

    public FreshnessDefinition? Freshness { get; init; }

    public DedupDefinition? Dedup { get; init; }
}

/// <summary>An item of <c>models:</c>.</summary>
internal sealed record ModelDefinition : TableDeclaration
{
    public override string Kind => "model";

    /// <summary>The SELECT with its templates.</summary>
    public required YamlScalar Sql { get; init; }

    public Said<string>? Materialized { get; init; }

    public FlinkDefinition Flink { get; init; } = FlinkDefinition.Unsaid;
}
