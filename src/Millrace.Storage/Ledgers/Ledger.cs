using Millrace.Storage.Disk;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// The process's one append order and step journal: an append-only sequence of files of checksummed entries. Writers
/// (the committer and the engine) take turns under a lock; readers follow <see cref="CommittedLsn"/> without one.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private readonly IDisk disk;
    private readonly string directory;
    private readonly long fileBytes;
    private readonly Lock gate = new();
    private readonly LedgerEncoder baseEntry = new();
    private LedgerFile[] files;
    private long endLsn;
    private long durableLsn;
    private long settledLsn;
    private bool commitInFlight;
    private long committedLsn;
    private long committedPosition;

    public Ledger(IDisk disk, string directory, long fileBytes, LedgerRecovered recovered)
    {
        this.disk = disk;
        this.directory = directory;
        this.fileBytes = fileBytes;
        files = [.. recovered.Files];
        State = recovered.State;
        endLsn = committedLsn = settledLsn = recovered.EndLsn;
        durableLsn = recovered.DurableLsn;
        committedPosition = State.NextPosition;
    }

    /// <summary>The sum of all entries written; only under <see cref="Gate"/> or before there are threads.</summary>
    public LedgerState State { get; }

    public Lock Gate => gate;

    public ReadOnlySpan<LedgerFile> Files => Volatile.Read(ref files);

    /// <summary>Where the next entry goes.</summary>
    public long EndLsn
    {
        get
        {
            lock (gate)
            {
                return endLsn;
            }
        }
    }

    /// <summary>Below it lie no entries of a commit that is still being written.</summary>
    public long SettledLsn
    {
        get
        {
            lock (gate)
            {
                return settledLsn;
            }
        }
    }

    /// <summary>Readers see the entries below.</summary>
    public long CommittedLsn => Volatile.Read(ref committedLsn);

    /// <summary>Records and ticks with positions below are committed.</summary>
    public long CommittedPosition => Volatile.Read(ref committedPosition);

    /// <summary>Creates the first file of a ledger that has none.</summary>
    public static LedgerFile CreateFile(IDisk disk, string directory, long lsn, ReadOnlySpan<byte> baseEntry)
    {
        IDiskFile file = disk.Open(directory + "/" + LedgerFile.FileName(lsn), DiskOpen.Create);
        try
        {
            file.Write(0, baseEntry);
            file.Sync();
            disk.SyncDirectory(directory);
            return new LedgerFile(lsn, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes entries at the end, without sync; returns the LSN after them and the file they are in. A commit is
    /// settled by <see cref="Commit"/>; other entries need nothing but themselves.
    /// </summary>
    /// <exception cref="DiskFullFault">There was no room; the ledger is as it was.</exception>
    public (long EndLsn, LedgerFile File) Append(LedgerEncoder entries, bool isCommit = false)
    {
        lock (gate)
        {
            if (endLsn - files[^1].BaseLsn >= fileBytes)
            {
                Roll();
            }

            long start = endLsn;
            Span<byte> bytes = entries.Bytes;
            for (int at = 0, total; at < bytes.Length; at += total)
            {
                total = LedgerFrame.TotalBytes(bytes[at..]);
                LedgerFrame.Seal(bytes.Slice(at, total), start + at, durableLsn);
            }

            Write(files[^1], start, bytes);
            for (int at = 0, total; at < bytes.Length; at += total)
            {
                total = LedgerFrame.TotalBytes(bytes[at..]);
                ReadOnlySpan<byte> body = bytes.Slice(at + LedgerFrame.HeaderBytes, total - LedgerFrame.HeaderBytes);
                State.Apply((LedgerEntryKind)bytes[at + 8], body);
            }

            endLsn = start + bytes.Length;
            commitInFlight |= isCommit;
            settledLsn = commitInFlight ? settledLsn : endLsn;
            return (endLsn, files[^1]);
        }
    }

    /// <summary>
    /// Says that everything below the LSN is committed, and how many positions that makes; and, if
    /// <paramref name="durable"/>, that entries below and the source records they describe have been synced.
    /// </summary>
    public void Commit(long lsn, long position, bool durable)
    {
        lock (gate)
        {
            durableLsn = durable ? Math.Max(durableLsn, lsn) : durableLsn;
            commitInFlight = false;
            settledLsn = endLsn;
        }

        Volatile.Write(ref committedLsn, lsn);
        Volatile.Write(ref committedPosition, position);
    }

    /// <summary>Says that entries below the LSN and the source records they describe have been synced.</summary>
    public void NoteDurable(long lsn)
    {
        lock (gate)
        {
            durableLsn = Math.Max(durableLsn, lsn);
        }
    }

    /// <summary>Entries below, and the source records they describe, are known to be synced.</summary>
    public long DurableLsn
    {
        get
        {
            lock (gate)
            {
                return durableLsn;
            }
        }
    }

    /// <summary>
    /// The last file that begins at or before a position and with everything before it durable, and the position where
    /// it begins: those before it are not needed by who needs nothing below the position. Null when that is the first.
    /// </summary>
    public (LedgerFile File, long Position)? FindStart(long position)
    {
        long durable = DurableLsn;
        ReadOnlySpan<LedgerFile> all = Files;
        for (int i = all.Length - 1; i > 0; i--)
        {
            if (all[i].BaseLsn <= durable && new LedgerWindow().ReadBase(all[i]).NextPosition is var begins
                && begins <= position)
            {
                return (all[i], begins);
            }
        }

        return null;
    }

    /// <summary>
    /// Deletes the files before an LSN, the oldest first and each for good, so that what is left never has a hole.
    /// </summary>
    public void DeleteBefore(long lsn)
    {
        while (Files[0] is { } first && first.BaseLsn < lsn)
        {
            lock (gate)
            {
                Volatile.Write(ref files, files[1..]);
            }

            first.Delete(disk, directory);
        }
    }

    /// <summary>The file that takes the entries now; earlier ones are synced.</summary>
    public LedgerFile ActiveFile => Volatile.Read(ref files)[^1];

    public void Dispose()
    {
        foreach (LedgerFile file in files)
        {
            file.Dispose();
        }
    }

    // What was written of entries that there was no room for is taken back for good.
    private static void Write(LedgerFile file, long lsn, ReadOnlySpan<byte> entries)
    {
        try
        {
            file.File.Write(lsn - file.BaseLsn, entries);
        }
        catch (DiskFault fault) when (fault.IsRefusal)
        {
            file.File.Truncate(lsn - file.BaseLsn);
            file.File.Sync();
            throw new DiskFullFault(fault);
        }
    }

    // A file that there was no room for has no whole entry: it counts for nothing, and the next try makes it anew.
    private LedgerFile CreateNext()
    {
        try
        {
            return CreateFile(disk, directory, endLsn, baseEntry.Bytes);
        }
        catch (DiskFault fault) when (fault.IsRefusal)
        {
            throw new DiskFullFault(fault);
        }
    }

    private void Roll()
    {
        files[^1].File.Sync();
        baseEntry.Clear();
        State.WriteBase(baseEntry);
        LedgerFrame.Seal(baseEntry.Bytes, endLsn, durableLsn);
        LedgerFile next = CreateNext();
        endLsn += baseEntry.Bytes.Length;
        Volatile.Write(ref files, [.. files, next]);
    }
}
