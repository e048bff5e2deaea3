using System.Globalization;

namespace Millrace.Storage.Disk;

/// <summary>
/// An operation of the disk failed (EIO, ENOSPC, …). Carries the path, the operation and the system's error.
/// After a failed sync the file takes no more writes: what the cache held may be lost and a second sync would lie.
/// </summary>
public sealed class DiskFault : StorageFault
{
    /// <summary>The <see cref="Operation"/> of finding a folder.</summary>
    public const string OpenFolder = "open folder";

    private const int NotPermitted = 1;
    private const int NotFound = 2;
    private const int AccessDenied = 13;
    private const int ReadOnly = 30;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    public DiskFault(string path, string operation, int errorNumber, string errorText, Exception? inner = null)
        : base(
            string.Create(CultureInfo.InvariantCulture, $"{operation} {path}: {errorText}")
                + (errorNumber == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({errorNumber})")),
            inner)
    {
        Path = path;
        Operation = operation;
        ErrorNumber = errorNumber;
    }

    public string Path { get; }

    /// <summary>The operation that failed: <c>write</c>, <c>sync</c>, <c>rename</c>, …</summary>
    public string Operation { get; }

    /// <summary>errno, or 0 where the system gave none.</summary>
    public int ErrorNumber { get; }

    /// <summary>True when the disk or the quota is full: the one fault that may heal by itself.</summary>
    public bool IsFull => ErrorNumber is NoSpace or QuotaExceeded;

    /// <summary>True when there is no such file, or not the folder that it would be in.</summary>
    public bool IsMissing =>
        ErrorNumber == NotFound || InnerException is FileNotFoundException or DirectoryNotFoundException;

    /// <summary>True when the user may not do that there, or nobody may.</summary>
    public bool IsDenied =>
        ErrorNumber is NotPermitted or AccessDenied or ReadOnly || InnerException is UnauthorizedAccessException;

    /// <summary>
    /// True when the disk was full and said so before anything was promised: a write or a new name was refused, which
    /// can be taken back. A sync that fails, for whatever reason, cannot.
    /// </summary>
    public bool IsRefusal => IsFull && Operation is "write" or "open" or "create" or "create directory";
}
