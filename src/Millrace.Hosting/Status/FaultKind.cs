namespace Millrace.Hosting.Status;

/// <summary>What sort of fault has ended a runtime: what to do about it follows.</summary>
public enum FaultKind
{
    /// <summary>
    /// The disk is full. What is told before the log is harmed is no fault; this is one that came all the same.
    /// </summary>
    DiskFull,

    /// <summary>The disk refused to read, write or sync.</summary>
    Disk,

    /// <summary>Acknowledged bytes are missing or are not what was written.</summary>
    Damage,

    /// <summary>Replaying the log does not give what the topics hold.</summary>
    Replay,

    /// <summary>Another process has the folder, or it does not fit the project.</summary>
    Folder,

    /// <summary>A mistake in Millrace.</summary>
    Bug,
}

/// <summary>Why a runtime has ended.</summary>
/// <param name="Kind">The sort.</param>
/// <param name="Message">What happened, and where: topic, partition and offset where they are known.</param>
/// <param name="Advice">What to do.</param>
public sealed record FaultStatus(FaultKind Kind, string Message, string Advice);
