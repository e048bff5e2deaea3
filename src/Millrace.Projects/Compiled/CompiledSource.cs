namespace Millrace.Projects;

/// <summary>
/// The rule by which a source drops duplicates: a record whose key was seen within the window before it, in time of
/// the log, counts for nothing. A NULL is never a duplicate.
/// </summary>
/// <param name="Column">Position of the column that is the same in duplicates.</param>
/// <param name="WindowMs">How long a key is remembered, milliseconds of the records' timestamps; more than 0.</param>
public sealed record CompiledDedup(int Column, long WindowMs);

/// <summary>A source, ready to be collected into its topic.</summary>
public sealed record CompiledSource : CompiledTable
{
    public FreshnessDefinition? Freshness { get; init; }

    /// <summary>How duplicates are told; null keeps every record.</summary>
    public CompiledDedup? Dedup { get; init; }
}
