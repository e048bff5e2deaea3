using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Millrace.Storage.Disk;

/// <summary>
/// A file of <see cref="PosixDisk"/>: pread, pwrite, fdatasync, with short and interrupted calls continued.
/// </summary>
internal sealed unsafe class PosixFile(string path, SafeFileHandle handle) : IDiskFile
{
    private volatile DiskFault? poison;

    public string Path => path;

    public long Length
    {
        get
        {
            try
            {
                return RandomAccess.GetLength(handle);
            }
            catch (IOException e)
            {
                throw new DiskFault(path, "length", Marshal.GetLastPInvokeError(), e.Message, e);
            }
        }
    }

    public int Read(long position, Span<byte> target)
    {
        int done = 0;
        fixed (byte* start = target)
        {
            while (done < target.Length)
            {
                nint count = Libc.Read(handle, start + done, target.Length - done, position + done);
                if (count == 0)
                {
                    break;
                }

                done += Checked(count, "read");
            }
        }

        return done;
    }

    public void Write(long position, ReadOnlySpan<byte> source)
    {
        ThrowIfPoisoned();
        int done = 0;
        fixed (byte* start = source)
        {
            while (done < source.Length)
            {
                nint count = Libc.Write(handle, start + done, source.Length - done, position + done);
                done += Checked(count, "write");
            }
        }
    }

    // Only beginning takes no note of an error, so that the next sync still gets it.
    public void WriteBehind(long from, long to)
    {
        if (!OperatingSystem.IsLinux() || to <= from)
        {
            return;
        }

        try
        {
            _ = Libc.BeginWriting(handle, from, to - from, Libc.BeginWritingOnly);
        }
        catch (ObjectDisposedException)
        {
            // Taken back or removed meanwhile: there is nothing left to write.
        }
    }

    // Else the system counts and notes room for every page of an append, and finds its place when it writes back.
    public void Reserve(long from, long to)
    {
        if (OperatingSystem.IsLinux() && to > from)
        {
            _ = Libc.Allocate(handle, Libc.KeepLength, from, to - from);
        }
    }

    public void Truncate(long length)
    {
        ThrowIfPoisoned();
        while (Libc.Truncate(handle, length) != 0)
        {
            ThrowUnlessInterrupted("truncate");
        }
    }

    public void Sync()
    {
        ThrowIfPoisoned();
        if (Libc.SyncData(handle) != 0)
        {
            poison = Libc.Fault(path, "sync");
            throw poison;
        }
    }

    public void Dispose() => handle.Dispose();

    private int Checked(nint count, string operation)
    {
        if (count < 0)
        {
            ThrowUnlessInterrupted(operation);
            return 0;
        }

        return (int)count;
    }

    private void ThrowUnlessInterrupted(string operation)
    {
        if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
        {
            throw Libc.Fault(path, operation);
        }
    }

    private void ThrowIfPoisoned()
    {
        if (poison is { } fault)
        {
            throw new DiskFault(path, "use after failed sync", fault.ErrorNumber, fault.Message, fault);
        }
    }
}
