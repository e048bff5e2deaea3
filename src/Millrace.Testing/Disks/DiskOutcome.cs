namespace Millrace.Testing.Disks;

/// <summary>What a simulated disk does at an operation.</summary>
public enum DiskOutcome
{
    Proceed,

    /// <summary>The process dies in the operation: a write may be there in part, anything else not at all.</summary>
    Crash,

    /// <summary>
    /// EIO. A failed write may be there in part; a failed sync drops what it should have made durable.
    /// </summary>
    Fail,

    /// <summary>ENOSPC, a write being there in part.</summary>
    Full,
}
