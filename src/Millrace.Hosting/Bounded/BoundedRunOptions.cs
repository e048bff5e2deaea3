namespace Millrace.Hosting.Bounded;

/// <summary>How a <see cref="BoundedRun"/> runs. Neither workers nor batch size change a row.</summary>
public sealed record BoundedRunOptions
{
    public required IReadOnlyList<BoundedInput> Inputs { get; init; }

    /// <summary>Where the files go; created where missing.</summary>
    public required string OutputFolder { get; init; }

    public int Workers { get; init; } = 1;

    /// <summary>Records per step.</summary>
    public int BatchRows { get; init; } = 8192;

    /// <summary>Called on the running thread, now and then and at the end.</summary>
    public Action<BoundedProgress> Progress { get; init; } = static _ => { };

    /// <summary>Measures how long it takes; results do not depend on it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>How far a run has come.</summary>
/// <param name="Rows">Records read.</param>
/// <param name="BytesRead">Bytes of the files read, as they lie on the disk where they are not compressed.</param>
/// <param name="BytesTotal">Bytes of all files.</param>
public sealed record BoundedProgress(long Rows, long BytesRead, long BytesTotal);
