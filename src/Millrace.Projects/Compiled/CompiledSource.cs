namespace Millrace.Projects;

/// <summary>A source, ready to be collected into its topic.</summary>
public sealed record CompiledSource : CompiledTable
{
    public FreshnessDefinition? Freshness { get; init; }
}
