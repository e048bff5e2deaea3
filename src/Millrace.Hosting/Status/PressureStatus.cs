namespace Millrace.Hosting.Status;

/// <summary>Memory and disk, and whether there is too little of them.</summary>
public sealed record PressureStatus
{
    /// <summary>What the process uses, as last measured.</summary>
    public long MemoryUsedBytes { get; init; }

    public long MemoryLimitBytes { get; init; }

    /// <summary>Whether records are refused because the limit was reached.</summary>
    public bool IsMemoryFull { get; init; }

    /// <summary>Records that are refused for memory are taken again when no more than this is used.</summary>
    public long MemoryEasedBytes { get; init; }

    /// <summary>What the process may still write; null when it was not measured yet.</summary>
    public long? DiskFreeBytes { get; init; }

    /// <summary>What is kept back: with less, records are refused.</summary>
    public long DiskReserveBytes { get; init; }

    /// <summary>Whether records are refused because the disk is nearly full.</summary>
    public bool IsDiskFull { get; init; }

    /// <summary>Records that are refused for the disk are taken again when this much is free.</summary>
    public long DiskEasedBytes { get; init; }

    /// <summary>Whether the models wait too, because most of the reserve is gone.</summary>
    public bool IsEnginePaused { get; init; }

    /// <summary>Requests refused for either reason since the process started.</summary>
    public long Refused { get; init; }
}
