using Millrace.Hosting.Deployments;

namespace Millrace.Cli.Running;

/// <summary>What <c>millrace up</c> was asked for.</summary>
internal sealed record UpOptions(
    string DataFolder, string Host, int Port, bool IsPageCacheEnough, int Workers, DemoOptions? Demo)
{
    /// <summary>The files that the project is compiled from.</summary>
    public required ProjectSources Sources { get; init; }

    /// <summary>Whether a change of the project over existing data needs no more asking.</summary>
    public bool Yes { get; init; }

    /// <summary>Whether topics of models that are gone are removed.</summary>
    public bool Prune { get; init; }

    /// <summary>Whether to go on without acknowledged records that cannot be read.</summary>
    public bool SkipDamaged { get; init; }

    /// <summary>How much of the machine it may use.</summary>
    public UpLimits Limits { get; init; } = new();
}

/// <summary>Bounds of a running project; null for the usual ones.</summary>
/// <param name="MemoryBytes">Memory of the process, from which on records are refused.</param>
/// <param name="DiskReserveBytes">Free bytes of the disk, below which records are refused.</param>
/// <param name="QueueBytes">Bytes of records that may wait for the disk.</param>
/// <param name="CheckpointInterval">Time between snapshots of the state.</param>
/// <param name="RetentionInterval">Time between looks at what topics may let go.</param>
internal sealed record UpLimits(
    long? MemoryBytes = null, long? DiskReserveBytes = null, long? QueueBytes = null,
    TimeSpan? CheckpointInterval = null, TimeSpan? RetentionInterval = null);

/// <summary>The generated shop: events per second, seconds of event time per second, and its seed.</summary>
internal sealed record DemoOptions(int Rate, double Speed, ulong Seed);
