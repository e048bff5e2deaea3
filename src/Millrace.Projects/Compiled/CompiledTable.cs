using Millrace.Data;
using Millrace.Diagnostics;
using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>The topic behind a table.</summary>
/// <param name="Name">Unique in the project.</param>
/// <param name="Partitions">At least one.</param>
/// <param name="ReplicationFactor">Used when deployed to Kafka.</param>
/// <param name="Config">Settings by Kafka's names.</param>
public sealed record CompiledTopic(
    string Name, int Partitions, int? ReplicationFactor, IReadOnlyDictionary<string, string> Config)
{
    /// <summary>What of <see cref="Config"/> the log honours.</summary>
    public CompiledTopicSettings Settings { get; init; } = CompiledTopicSettings.Default;
}

/// <summary>A column with its final type.</summary>
/// <param name="Name">Case-sensitive.</param>
/// <param name="Type">Declared or inferred.</param>
/// <param name="Description">For people.</param>
/// <param name="Classification">How sensitive it is, where declared.</param>
public sealed record CompiledColumn(string Name, SqlType Type, string? Description, string? Classification);

/// <summary>The watermark rule of a topic.</summary>
/// <param name="Column">Position of the time column.</param>
/// <param name="DelayMs">The watermark is the largest time seen less this.</param>
/// <param name="IdleAfterMs">Silence after which a partition stops counting; 0 means never.</param>
/// <param name="CloseWhenIdle">Whether windows close by the clock when every partition is idle.</param>
public sealed record CompiledEventTime(int Column, long DelayMs, long IdleAfterMs, bool CloseWhenIdle);

/// <summary>A source or a model, ready to run: a topic with typed columns. Immutable.</summary>
public abstract record CompiledTable
{
    public required string Name { get; init; }

    public required CompiledTopic Topic { get; init; }

    public required IReadOnlyList<CompiledColumn> Columns { get; init; }

    /// <summary>The same columns as a batch has them.</summary>
    public required Schema Schema { get; init; }

    /// <summary>The table as SQL sees it when it is read.</summary>
    public required TableDefinition Table { get; init; }

    /// <summary>Position of the column that is the records' key; null means records without a key.</summary>
    public int? KeyColumn { get; init; }

    /// <summary>The watermark rule; null when no query needs the table's event time.</summary>
    public CompiledEventTime? EventTime { get; init; }

    /// <summary>How its rows are versions; null when it is never right of AS OF.</summary>
    public Versioning? Versioning { get; init; }

    /// <summary>Whether its rows are versions, each of a key from a time on.</summary>
    public bool IsVersioned => Versioning is not null;

    /// <summary>Whether it is read by AS OF only: it then never holds back a stream.</summary>
    public bool IsVersionedOnly { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Its name, in the user's file.</summary>
    public required Location Location { get; init; }
}
