using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Millrace.Bench.Measuring;

/// <summary>
/// Gives back the memory in which the system keeps what was written to a folder, all but the newest part of each file,
/// several times a second. A virtual machine hands its free memory to the host; to write to memory that the host must
/// find first takes several times as long. So the speed of whoever writes gigabytes halves at no fixed moment, unless
/// what is given back is used again at once. Linux; elsewhere it does nothing.
/// </summary>
internal sealed partial class PageCache : IDisposable
{
    private const long Newest = 4 << 20;
    private const int DontNeed = 4;
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true };
    private readonly string folder;
    private readonly Timer timer;

    public PageCache(string folder)
    {
        this.folder = folder;
        TimeSpan often = TimeSpan.FromMilliseconds(250);
        timer = new Timer(_ => Forget(), null, often, often);
    }

    public void Dispose() => timer.Dispose();

    private void Forget()
    {
        foreach (string file in OperatingSystem.IsLinux() ? Directory.GetFiles(folder, "*.log", Everywhere) : [])
        {
            try
            {
                using SafeFileHandle handle = File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
                long old = RandomAccess.GetLength(handle) - Newest;
                if (old > 0)
                {
                    _ = Advise(handle, 0, (nint)old, DontNeed);
                }
            }
            catch (IOException)
            {
                // Removed since it was listed.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, nint offset, nint length, int advice);
}
