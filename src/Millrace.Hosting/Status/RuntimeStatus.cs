using Millrace.Hosting.Meters;

namespace Millrace.Hosting.Status;

/// <summary>
/// What a runtime is doing, at one moment. Pure data. Times are ms since the epoch; counters without another word count
/// all that the log holds, so they survive restarts.
/// </summary>
public sealed record RuntimeStatus
{
    public required RuntimeState State { get; init; }

    /// <summary>Why it is faulted; null when it is not.</summary>
    public string? Fault => FaultStatus?.Message;

    /// <summary>The same with what to do about it.</summary>
    public FaultStatus? FaultStatus { get; init; }

    public required long NowMs { get; init; }

    public required long StartedMs { get; init; }

    /// <summary>What opening the data folder found and repaired, as lines for a person.</summary>
    public required IReadOnlyList<string> Recovery { get; init; }

    /// <summary>
    /// Acknowledged records that cannot be read and were passed over, as asked, as lines for a person; grows when more
    /// are met.
    /// </summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    public required IReadOnlyList<SourceStatus> Sources { get; init; }

    public required IReadOnlyList<ModelStatus> Models { get; init; }

    public required LogStatus Log { get; init; }

    public required EngineStatus Engine { get; init; }

    /// <summary>The snapshots that this process has taken.</summary>
    public SnapshotStatus Snapshots { get; init; } = new();

    /// <summary>What was let go.</summary>
    public RetentionStatus Retention { get; init; } = new();

    /// <summary>Memory and disk.</summary>
    public PressureStatus Pressure { get; init; } = new();

    /// <summary>What the folder runs, and what is being made ready to take its place.</summary>
    public DeploymentStatus Deployment { get; init; } = new(0, [], 0, 0);

    /// <summary>How it started.</summary>
    public RestartStatus Restart { get; init; } = new();
}

/// <summary>The log: commits since the process started.</summary>
/// <param name="CommittedPosition">Records and clock readings that are committed.</param>
/// <param name="Commits">Groups committed.</param>
/// <param name="CommitLatency">From a request's arrival until it is durable; live, it goes on counting.</param>
/// <param name="QueuedRequests">Requests that wait for the disk.</param>
/// <param name="QueuedBytes">Their bytes.</param>
public sealed record LogStatus(
    long CommittedPosition, long Commits, LatencyHistogram CommitLatency, int QueuedRequests, long QueuedBytes);

/// <summary>The engine.</summary>
/// <param name="Position">Everything below it has been processed.</param>
/// <param name="Lag">Records and clock readings that are committed and not processed.</param>
/// <param name="Steps">Steps since the process started.</param>
/// <param name="BusySeconds">Time spent in them.</param>
public sealed record EngineStatus(long Position, long Lag, long Steps, double BusySeconds);

/// <summary>A source.</summary>
public sealed record SourceStatus
{
    public required string Name { get; init; }

    public required string Topic { get; init; }

    public required int Partitions { get; init; }

    /// <summary>Whether it is a versioned table only.</summary>
    public required bool IsVersionedOnly { get; init; }

    /// <summary>Records in the topic that the engine has read.</summary>
    public required long Records { get; init; }

    /// <summary>Of these, those that are in <c>$bad</c>.</summary>
    public required long Bad { get; init; }

    /// <summary>Of these, deletions.</summary>
    public required long Tombstones { get; init; }

    /// <summary>Records that were not of the common form and took the slower decoder.</summary>
    public required long DecodeFallbacks { get; init; }

    /// <summary>Records that repeated another one and were dropped; not among <see cref="Records"/>.</summary>
    public long Duplicates { get; init; }

    /// <summary>Bytes of memory by which duplicates are known.</summary>
    public long StateBytes { get; init; }

    /// <summary>Accepted since the process started.</summary>
    public long Accepted { get; init; }

    /// <summary>Rejected since the process started.</summary>
    public long Rejected { get; init; }

    /// <summary>Records committed in the last minute.</summary>
    public long PerMinute { get; init; }

    /// <summary>When the last record was committed by this process; null before the first.</summary>
    public long? LastRecordMs { get; init; }

    public long? WatermarkMs { get; init; }

    public long? MaxEventTimeMs { get; init; }
}

/// <summary>What an operator of a model keeps.</summary>
/// <param name="Name">Unique within the model.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rows">Groups of open windows, or versions.</param>
/// <param name="StateBytes">Bytes of memory, about.</param>
public sealed record OperatorStatus(string Name, string Kind, long Rows, long StateBytes);

/// <summary>A model.</summary>
public sealed record ModelStatus
{
    public required string Name { get; init; }

    public required string Topic { get; init; }

    public required long RowsIn { get; init; }

    public required long RowsOut { get; init; }

    public required long Late { get; init; }

    public required long Bad { get; init; }

    /// <summary>Rows of a join that met no version.</summary>
    public required long Unmatched { get; init; }

    /// <summary>Versions that came after events which they would have applied to.</summary>
    public required long LateVersions { get; init; }

    public required long OpenWindows { get; init; }

    public required long OpenGroups { get; init; }

    public required long Versions { get; init; }

    /// <summary>Bytes of the engine's state.</summary>
    public required long StateBytes { get; init; }

    /// <summary>The operators that keep it.</summary>
    public IReadOnlyList<OperatorStatus> Operators { get; init; } = [];

    /// <summary>Final rows that are readable from memory.</summary>
    public required long ViewRows { get; init; }

    public required long ViewBytes { get; init; }

    /// <summary>Whether no final row has been dropped from memory.</summary>
    public required bool IsViewComplete { get; init; }

    /// <summary>Rows written in the last minute.</summary>
    public long PerMinute { get; init; }

    /// <summary>When this process wrote the last row; null before the first.</summary>
    public long? LastRowMs { get; init; }

    /// <summary>The watermark of its topic, where it has a time column.</summary>
    public long? WatermarkMs { get; init; }

    /// <summary>The greatest event time in its topic, where it has a time column.</summary>
    public long? MaxEventTimeMs { get; init; }
}
