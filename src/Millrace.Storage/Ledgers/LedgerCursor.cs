using Millrace.Storage.Disk;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// Reads the committed inputs in order of position: runs of records of a source partition, and ticks of the clock.
/// After false it may be asked again: it goes on when more has been committed. Not thread-safe; any number may read
/// beside the writers.
/// </summary>
public sealed class LedgerCursor
{
    private readonly Ledger ledger;
    private readonly LedgerWindow window = new();
    private readonly List<long> ends = [];
    private long from;
    private long nextPosition;
    private byte[] items = [];
    private int itemsLength;
    private int at;
    private long remaining;

    internal LedgerCursor(Ledger ledger, long fromPosition)
    {
        this.ledger = ledger;
        From = fromPosition;
        EnterAt(fromPosition);
    }

    /// <summary>The position from which the cursor was opened.</summary>
    public long From { get; }

    public LedgerInputKind Kind { get; private set; }

    /// <summary>Position of the run's first record, or of the tick.</summary>
    public long Position { get; private set; }

    /// <summary>Id of the source partition of the run.</summary>
    public int PartitionId { get; private set; }

    /// <summary>Offset of the run's first record in its partition.</summary>
    public long FirstOffset { get; private set; }

    /// <summary>Records in the run; 1 for a tick. Offsets and positions within a run are consecutive.</summary>
    public long Count { get; private set; }

    /// <summary>The clock reading of a tick, milliseconds since the epoch.</summary>
    public long ClockMs { get; private set; }

    /// <summary>Moves to the next run or tick; false when there is none yet.</summary>
    public bool MoveNext()
    {
        while (true)
        {
            if (remaining == 0 && !NextEntry())
            {
                return false;
            }

            ReadItem();
            if (Position + Count > from)
            {
                long skipped = Math.Max(0, from - Position);
                Position += skipped;
                FirstOffset += skipped;
                Count -= skipped;
                return true;
            }
        }
    }

    /// <summary>True when the partition's topic was removed.</summary>
    internal bool IsRemoved(int partitionId)
    {
        lock (ledger.Gate)
        {
            return ledger.State.Partitions[partitionId].IsRemoved;
        }
    }

    private void ReadItem()
    {
        LedgerBody body = new(items.AsSpan(0, itemsLength), at);
        (PartitionId, Count, ClockMs) = body.ReadItem();
        at = body.Position;
        remaining -= Count;
        Position = nextPosition;
        nextPosition += Count;
        Kind = PartitionId < 0 ? LedgerInputKind.Tick : LedgerInputKind.Records;
        if (PartitionId >= 0)
        {
            FirstOffset = ends[PartitionId];
            ends[PartitionId] += Count;
        }
    }

    // Reads entries up to a commit.
    private bool NextEntry()
    {
        while (true)
        {
            long limit = ledger.CommittedLsn;
            EnterNextFile();
            if (window.Lsn >= limit)
            {
                return false;
            }

            if (!window.TryRead(limit, out LedgerFrame frame))
            {
                throw new DamageFault(
                    window.File!.File.Path, window.Lsn - window.File.BaseLsn,
                    "a committed ledger entry is not intact" + LedgerScan.NoHelp);
            }

            LedgerBody body = new(frame.Body);
            switch (frame.Kind)
            {
                case LedgerEntryKind.Topic:
                    ends.Add(0);
                    break;
                case LedgerEntryKind.Append:
                    remaining = body.Read();
                    TakeItems(frame.Body[body.Position..]);
                    return true;
            }
        }
    }

    private void TakeItems(ReadOnlySpan<byte> source)
    {
        if (items.Length < source.Length)
        {
            items = new byte[Math.Max(source.Length, 2 * items.Length)];
        }

        source.CopyTo(items);
        itemsLength = source.Length;
        at = 0;
    }

    // Also when the file that it was in has been dropped, all of whose inputs it had read.
    private void EnterAt(long position)
    {
        from = position;
        ReadOnlySpan<LedgerFile> files = ledger.Files;
        int i = files.Length;
        do
        {
            i--;
            Enter(files[i]);
        }
        while (i > 0 && nextPosition > position);
    }

    // A file may hold nothing but its base entry, when what began it was cut: then it is on to the one after.
    private void EnterNextFile()
    {
        ReadOnlySpan<LedgerFile> files = ledger.Files;
        if (files[0].BaseLsn > window.Lsn)
        {
            EnterAt(nextPosition);
            return;
        }

        if (files[^1].BaseLsn < window.Lsn || files[^1] == window.File)
        {
            return;
        }

        foreach (LedgerFile file in files)
        {
            if (file.BaseLsn == window.Lsn && file != window.File)
            {
                Enter(file);
            }
        }
    }

    // A file begins with the state before it: the positions and offsets from which its runs count.
    private void Enter(LedgerFile file)
    {
        LedgerState state = window.ReadBase(file);
        nextPosition = state.NextPosition;
        ends.Clear();
        ends.AddRange(state.Partitions.Select(partition => partition.End));
    }
}
