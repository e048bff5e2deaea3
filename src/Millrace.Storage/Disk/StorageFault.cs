namespace Millrace.Storage.Disk;

/// <summary>
/// A fault of the world below the log: the disk refused, or what it returned is not what was written.
/// Never a mistake of the user and never a bug of the caller; the concrete type says which.
/// </summary>
public abstract class StorageFault : IOException
{
    private protected StorageFault(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
