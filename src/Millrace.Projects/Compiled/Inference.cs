using Millrace.Diagnostics;

namespace Millrace.Projects;

/// <summary>What an inference decided.</summary>
public enum InferenceKind
{
    ProjectName,
    TopicName,
    Partitions,
    Materialization,
    ColumnType,
    TimeColumn,
    WatermarkDelay,
    IdleTimeout,
    CloseWhenIdle,
    VersionKey,
    VersionTime,
    Key,
    Retention,
    CheckpointInterval,
}

/// <summary>Something that the project leaves open and that Millrace decided. <c>validate</c> prints each.</summary>
/// <param name="Kind">What was decided.</param>
/// <param name="Subject">Of what: <c>clickstream</c> or <c>clickstream.timestamp</c>.</param>
/// <param name="Value">The decision, as the user would have written it.</param>
/// <param name="Reason">Why, as a clause that can follow a comma.</param>
/// <param name="Location">The use or the declaration that led to it; null when it is a default.</param>
public sealed record Inference(InferenceKind Kind, string Subject, string Value, string Reason, Location? Location);
