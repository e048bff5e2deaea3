using System.Text.Json;

namespace Millrace.Hosting.Bounded;

/// <summary>What a bounded run did: <c>summary.json</c>.</summary>
public sealed record BoundedSummary
{
    public required string Project { get; init; }

    /// <summary>Records read, over all sources.</summary>
    public required long Rows { get; init; }

    public required double Seconds { get; init; }

    public double RowsPerSecond => Seconds > 0 ? Rows / Seconds : 0;

    public required long PeakMemoryBytes { get; init; }

    public required int Workers { get; init; }

    public required int BatchRows { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, BoundedSourceSummary> Sources { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyDictionary<string, BoundedModelSummary> Models { get; init; }

    /// <summary>The summary as indented JSON, names in snake case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}

/// <summary>Counts of a source.</summary>
/// <param name="RowsIn">Records read.</param>
/// <param name="Bad">Of these, those that could not be decoded.</param>
public sealed record BoundedSourceSummary(long RowsIn, long Bad);

/// <summary>Counts of a model.</summary>
/// <param name="RowsIn">Rows read, over all of its inputs.</param>
/// <param name="RowsOut">Rows written.</param>
/// <param name="Late">Rows whose window had closed.</param>
/// <param name="Bad">Rows on which an expression failed.</param>
/// <param name="Unmatched">Rows of a join that met no version.</param>
public sealed record BoundedModelSummary(long RowsIn, long RowsOut, long Late, long Bad, long Unmatched);
