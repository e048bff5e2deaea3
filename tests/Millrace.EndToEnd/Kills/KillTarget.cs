namespace Millrace.EndToEnd.Kills;

/// <summary>What a process shall be killed in the middle of.</summary>
internal enum KillTarget
{
    /// <summary>Between its first instruction and a little after it is ready.</summary>
    Starting,

    /// <summary>Any moment under load.</summary>
    Serving,

    Snapshot,

    Compaction,

    Retention,

    /// <summary>A changed project's models are computed from the log.</summary>
    Rebuild,

    /// <summary>A changed project takes the place of the one before.</summary>
    Takeover,
}
