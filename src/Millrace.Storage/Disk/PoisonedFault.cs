namespace Millrace.Storage.Disk;

/// <summary>
/// The data folder takes no more appends because an earlier write or sync failed (the inner exception). What was
/// acknowledged before stays readable; opening the folder again recovers it.
/// </summary>
public sealed class PoisonedFault(Exception cause)
    : StorageFault("the data folder takes no more appends after: " + cause.Message, cause);
