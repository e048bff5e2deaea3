using Millrace.Storage.Disk;

namespace Millrace.Storage.Folders;

/// <summary>
/// Knows before a commit whether the disk has room for it and for what must still be written behind it: step outputs,
/// the ledger, snapshots. Asks the disk anew when a part of the room that it last saw may be used up. The committing
/// thread's, but for <see cref="RequireNow"/>.
/// </summary>
/// <param name="path">Somewhere on the file system.</param>
/// <param name="reserveBytes">What commits leave free; 0: nothing is asked or refused.</param>
internal sealed class SpaceGuard(IDisk disk, string path, long reserveBytes)
{
    private const long MostUnasked = 16 << 20;
    private const int PartUnasked = 4;
    private long allowance;

    public long ReserveBytes => reserveBytes;

    public long FreeBytes => disk.FreeBytes(path);

    /// <exception cref="DiskFullFault">The reserve is being used.</exception>
    public void RequireNow()
    {
        if (reserveBytes > 0 && FreeBytes is var free && free < reserveBytes)
        {
            throw new DiskFullFault(path, free, reserveBytes);
        }
    }

    /// <exception cref="DiskFullFault">So many more bytes would take from the reserve.</exception>
    public void Require(long bytes)
    {
        allowance -= bytes;
        if (allowance >= 0 || reserveBytes == 0)
        {
            return;
        }

        allowance = 0;
        long free = FreeBytes;
        if (free - bytes < reserveBytes)
        {
            throw new DiskFullFault(path, free, reserveBytes);
        }

        allowance = Math.Min((free - bytes - reserveBytes) / PartUnasked, MostUnasked);
    }
}
