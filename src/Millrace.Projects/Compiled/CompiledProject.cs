namespace Millrace.Projects;

/// <summary>
/// A project without errors, ready to run or to deploy. Pure data, immutable, safe to share between threads. Names are
/// unique over sources and models together.
/// </summary>
public sealed record CompiledProject
{
    public required string Name { get; init; }

    public string? Version { get; init; }

    public string? Description { get; init; }

    /// <summary>In the order of their files' names and of their declaration.</summary>
    public required IReadOnlyList<CompiledSource> Sources { get; init; }

    /// <summary>In an order in which each comes after the models that it reads.</summary>
    public required IReadOnlyList<CompiledModel> Models { get; init; }

    public required IReadOnlyList<TestDefinition> Tests { get; init; }

    public required IReadOnlyList<ExposureDefinition> Exposures { get; init; }

    /// <summary>Milliseconds between two snapshots of the engine's state: the least that a model asks for.</summary>
    public long CheckpointIntervalMs { get; init; } = 30_000;

    /// <summary>Everything that was decided for the user.</summary>
    public required IReadOnlyList<Inference> Inferences { get; init; }

    public CompiledSource? FindSource(string name) =>
        Sources.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.Ordinal));

    public CompiledModel? FindModel(string name) =>
        Models.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal));

    /// <summary>The source or model of that name, or null.</summary>
    public CompiledTable? FindTable(string name) => (CompiledTable?)FindSource(name) ?? FindModel(name);
}
