using Millrace.Plans;

namespace Millrace.Hosting.Bounded;

/// <summary>A file that is a source's records.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Path">JSON lines (<c>.ndjson</c>, <c>.jsonl</c>, <c>.json</c>) or delimited values (any other ending),
/// also compressed with gzip.</param>
public sealed record BoundedInput(string Source, string Path)
{
    /// <summary>
    /// A SELECT over the file's columns that gives the source's; null where the file has them as they are.
    /// </summary>
    public SourceMap? Map { get; init; }

    /// <summary>
    /// The field of the record that is its timestamp; null: all records have timestamp 0. A record without it has 0.
    /// </summary>
    public string? TimestampColumn { get; init; }

    /// <summary>Names of a delimited file's columns; null: its first line, where that looks like names.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
}

/// <summary>A SELECT that turns a file's rows into a source's records.</summary>
/// <param name="Input">The file's rows as the SELECT sees them, see <see cref="MapInput"/>.</param>
/// <param name="Plan">The bound SELECT: stateless, its columns named as the source's.</param>
public sealed record SourceMap(TableDefinition Input, PlanNode Plan);
