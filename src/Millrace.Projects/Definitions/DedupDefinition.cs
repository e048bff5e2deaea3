namespace Millrace.Projects;

/// <summary>A source's <c>dedup:</c>.</summary>
/// <param name="Key">The column that is the same in duplicates.</param>
/// <param name="WindowMs">How long a key is remembered, milliseconds.</param>
internal sealed record DedupDefinition(Said<string> Key, Said<long> WindowMs);
