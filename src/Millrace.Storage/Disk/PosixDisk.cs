using Microsoft.Win32.SafeHandles;

namespace Millrace.Storage.Disk;

/// <summary>The file system of a POSIX machine, with every result checked. Stateless; safe to share.</summary>
public sealed class PosixDisk : IDisk
{
    public bool FileExists(string path) => File.Exists(path);

    public bool DirectoryExists(string path) => Directory.Exists(path);

    public IReadOnlyList<string> List(string directory)
    {
        try
        {
            return Directory.Exists(directory)
                ? [.. Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)!)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrap(directory, "list", e);
        }
    }

    public void CreateDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrap(path, "create directory", e);
        }
    }

    public IDiskFile Open(string path, DiskOpen mode) => new PosixFile(path, OpenHandle(path, mode));

    public void Rename(string from, string to)
    {
        if (Libc.Rename(from, to) != 0)
        {
            throw Libc.Fault(from, "rename");
        }
    }

    public void Delete(string path)
    {
        if (Libc.Unlink(path) != 0)
        {
            throw Libc.Fault(path, "delete");
        }
    }

    public void DeleteDirectory(string path)
    {
        if (Libc.RemoveDirectory(path) != 0)
        {
            throw Libc.Fault(path, "delete directory");
        }
    }

    public void SyncDirectory(string path)
    {
        int descriptor = Libc.Open(path, 0);
        if (descriptor < 0)
        {
            throw Libc.Fault(path, "open directory");
        }

        int result = Libc.Sync(descriptor);
        DiskFault? fault = result != 0 ? Libc.Fault(path, "sync directory") : null;
        result = Libc.Close(descriptor);
        if (fault is not null || result != 0)
        {
            throw fault ?? Libc.Fault(path, "close directory");
        }
    }

    public long FreeBytes(string path)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrap(path, "free bytes", e);
        }
    }

    public IDisposable? TryLock(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (IOException e) when (e.HResult == Libc.WouldBlock)
        {
            // The framework takes a shared lock when it opens, which the holder's exclusive lock refuses.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrap(path, "lock", e);
        }

        if (Libc.Lock(handle, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    private static SafeFileHandle OpenHandle(string path, DiskOpen mode)
    {
        (FileMode file, FileAccess access) = mode switch
        {
            DiskOpen.Read => (FileMode.Open, FileAccess.Read),
            DiskOpen.Write => (FileMode.Open, FileAccess.ReadWrite),
            _ => (FileMode.OpenOrCreate, FileAccess.ReadWrite),
        };
        try
        {
            SafeFileHandle handle = File.OpenHandle(path, file, access, FileShare.ReadWrite | FileShare.Delete);
            return mode == DiskOpen.Create ? Emptied(handle) : handle;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrap(path, "open", e);
        }
    }

    // FileMode.Create would empty also a file that it has just made, and ext4 writes back all of a file once emptied
    // within the call that closes it. Two threads may make the same file (an index) at once.
    private static SafeFileHandle Emptied(SafeFileHandle handle)
    {
        try
        {
            if (RandomAccess.GetLength(handle) > 0)
            {
                RandomAccess.SetLength(handle, 0);
            }

            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    // On Unix the framework puts errno into HResult where it has no exception type of its own for it.
    private static DiskFault Wrap(string path, string operation, Exception e) =>
        new(path, operation, Math.Max(e.HResult, 0), e.Message, e);
}
