namespace Millrace.Hosting.Status;

/// <summary>
/// How the process came to where the one before it had been, and how long each part took. Times in ms.
/// </summary>
public sealed record RestartStatus
{
    /// <summary>The snapshot that the state came from; null when all of the log was replayed.</summary>
    public long? Snapshot { get; init; }

    /// <summary>The place in the log from which it was replayed.</summary>
    public long Position { get; init; }

    /// <summary>Snapshots that could not be used, and why, as lines for a person.</summary>
    public IReadOnlyList<string> Unusable { get; init; } = [];

    /// <summary>What is not as it was before, as lines for a person.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Opening and checking the data folder.</summary>
    public double OpenMs { get; init; }

    /// <summary>Reading the snapshot.</summary>
    public double RestoreMs { get; init; }

    /// <summary>Reading the rows that are served from memory.</summary>
    public double RefillMs { get; init; }

    /// <summary>Doing again what had been journalled after the snapshot.</summary>
    public double ReplayMs { get; init; }

    /// <summary>Records and clock readings that this took.</summary>
    public long Replayed { get; init; }

    /// <summary>Processing what had been committed and not processed.</summary>
    public double CatchUpMs { get; init; }

    /// <summary>Records and clock readings that this took.</summary>
    public long CaughtUp { get; init; }
}
