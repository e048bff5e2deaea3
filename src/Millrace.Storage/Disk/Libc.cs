using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Millrace.Storage.Disk;

/// <summary>
/// The system calls whose results must not be swallowed. The framework's own flush ignores fsync errors on Linux,
/// so these are called directly and every result is looked at.
/// </summary>
internal static unsafe partial class Libc
{
    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;
    public const uint BeginWritingOnly = 2;
    public const int KeepLength = 1;
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint Read(SafeFileHandle file, byte* target, nint count, long position);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* source, nint count, long position);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(SafeFileHandle file, long length);

    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int SyncData(SafeFileHandle file);

    [LibraryImport(Library, EntryPoint = "sync_file_range")]
    public static partial int BeginWriting(SafeFileHandle file, long position, long count, uint flags);

    [LibraryImport(Library, EntryPoint = "fallocate")]
    public static partial int Allocate(SafeFileHandle file, int mode, long position, long count);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(int descriptor);

    [LibraryImport(Library, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport(Library, EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    [LibraryImport(Library, EntryPoint = "rmdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RemoveDirectory(string path);

    /// <summary>The fault for the last failed call of this thread.</summary>
    public static DiskFault Fault(string path, string operation)
    {
        int error = Marshal.GetLastPInvokeError();
        return new DiskFault(path, operation, error, Marshal.GetPInvokeErrorMessage(error));
    }
}
