using System.Globalization;

namespace Millrace.Storage.Disk;

/// <summary>
/// There was not room enough, and nothing of what was asked for was done: it may be asked for again when there is.
/// Unlike other faults of a write it does not stop the data folder.
/// </summary>
public sealed class DiskFullFault : StorageFault
{
    /// <summary>Refused before the first write, because it would take from the reserve.</summary>
    public DiskFullFault(string path, long freeBytes, long reserveBytes)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"the disk of {path} is nearly full: {freeBytes >> 20:N0} MiB are free, {reserveBytes >> 20:N0} MiB are ")
            + "kept in reserve") =>
        FreeBytes = freeBytes;

    /// <summary>The system refused a write; what had been written of it was taken back.</summary>
    public DiskFullFault(DiskFault cause)
        : base(cause.Message, cause)
    {
    }

    /// <summary>Bytes that were free; 0 when the system said no.</summary>
    public long FreeBytes { get; }
}
