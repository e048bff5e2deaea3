using Millrace.Storage.Disk;

namespace Millrace.Storage.Ledgers;

/// <summary>Sequential reading of frames from one ledger file up to a given LSN, through a reusable buffer.</summary>
internal sealed class LedgerWindow
{
    private const int ChunkBytes = 64 << 10;
    private byte[] buffer = new byte[ChunkBytes];
    private int start;
    private int end;
    private LedgerFile? file;

    /// <summary>LSN of the next frame.</summary>
    public long Lsn { get; private set; }

    public LedgerFile? File => file;

    public void Seek(LedgerFile target, long lsn)
    {
        file = target;
        Lsn = lsn;
        start = end = 0;
    }

    /// <summary>
    /// Enters a file and steps over its base entry, which it returns: the sum of all entries before the file.
    /// </summary>
    public LedgerState ReadBase(LedgerFile target)
    {
        Seek(target, target.BaseLsn);
        if (!TryRead(long.MaxValue, out LedgerFrame frame) || frame.Kind != LedgerEntryKind.Base)
        {
            throw new DamageFault(target.File.Path, 0, "the ledger file does not begin with its base entry");
        }

        LedgerState state = new();
        state.Apply(frame.Kind, frame.Body);
        Seek(target, Lsn);
        return state;
    }

    /// <summary>
    /// Reads the next frame below <paramref name="limit"/> and steps over it; false where none is whole and valid.
    /// </summary>
    public bool TryRead(long limit, out LedgerFrame frame)
    {
        Load(LedgerFrame.HeaderBytes, limit);
        int total = end - start < LedgerFrame.HeaderBytes ? 0 : LedgerFrame.TotalBytes(buffer.AsSpan(start));
        if (total > end - start && Lsn + total <= limit && Lsn - file!.BaseLsn + total <= file.File.Length)
        {
            // The length is believed only where the file has so much.
            Load(total, limit);
        }

        if (total == 0 || !LedgerFrame.TryRead(buffer.AsSpan(start, end - start), Lsn, out frame))
        {
            frame = default;
            return false;
        }

        start += total;
        Lsn += total;
        return true;
    }

    private void Load(int needed, long limit)
    {
        int kept = end - start;
        if (kept >= needed)
        {
            return;
        }

        byte[] target = buffer.Length >= needed ? buffer : new byte[needed];
        buffer.AsSpan(start, kept).CopyTo(target);
        buffer = target;
        start = 0;
        int room = (int)Math.Clamp(limit - Lsn - kept, 0, buffer.Length - kept);
        end = kept + file!.File.Read(Lsn - file.BaseLsn + kept, buffer.AsSpan(kept, room));
    }
}
