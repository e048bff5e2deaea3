namespace Millrace.Testing.Disks;

/// <summary>What of the unsynced changes is there after a crash.</summary>
public enum Survival
{
    /// <summary>All: the process was killed, the machine went on. What was unsynced still is.</summary>
    All,

    /// <summary>Nothing: loss of power before the cache was written.</summary>
    None,

    /// <summary>
    /// Any subset, torn at sectors of 512 bytes and in any order: loss of power while it was written.
    /// </summary>
    Some,
}
