namespace Millrace.Storage.Ledgers;

/// <summary>The kinds of ledger entries; the numbers are on disk.</summary>
internal enum LedgerEntryKind : byte
{
    /// <summary>First entry of every file: the whole <see cref="LedgerState"/> before it.</summary>
    Base = 1,

    /// <summary>A topic partition gets the next id.</summary>
    Topic = 2,

    /// <summary>
    /// One commit, whole: runs of records of source partitions, and ticks of the clock, in arrival order.
    /// </summary>
    Append = 3,

    /// <summary>
    /// The engine has processed all below a position; derived partitions then ended at these offsets.
    /// </summary>
    Step = 4,

    /// <summary>Partitions are known to be on disk up to these offsets (Kafka's recovery points).</summary>
    Flushed = 5,

    /// <summary>The folder runs another project from here on: the deployment's number and its bytes.</summary>
    Deployment = 6,

    /// <summary>Partitions are given up for good; their ids stay taken. The files go after this.</summary>
    Removed = 7,

    /// <summary>The ledger begins at an LSN and its position; files before are not needed and go after this.</summary>
    Start = 8,
}
