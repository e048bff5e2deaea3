using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Reads the committed inputs of all sources in the one append order, batch by batch. Each partition is read
/// sequentially and checked; keys and values are copied once, into one buffer in order of position, which is the order
/// in which they will be decoded. After a batch of zero it may be asked again. Not thread-safe.
/// </summary>
public sealed class PositionReader
{
    private readonly TopicCatalog catalog;
    private readonly LedgerCursor ledger;
    private readonly List<PartitionReader?> readers = [];
    private readonly List<PartitionLog?> logs = [];
    private readonly List<TopicLog?> topics = [];
    private readonly bool skipRemoved;
    private long left;
    private bool pendingTick;

    internal PositionReader(TopicCatalog catalog, LedgerCursor ledger, bool skipRemoved = false)
    {
        this.catalog = catalog;
        this.ledger = ledger;
        this.skipRemoved = skipRemoved;
        NextPosition = ledger.From;
    }

    /// <summary>The position after the last one read.</summary>
    public long NextPosition { get; private set; }

    /// <summary>
    /// Fills the batch with what is committed, up to so many records, until its buffer holds so many bytes (the record
    /// that reaches the limit is the last), and below a position. Returns the records and ticks read; 0 when there is
    /// nothing yet.
    /// </summary>
    public long Read(
        PositionBatch target, int maxRecords, int maxBytes = 64 << 20, long untilPosition = long.MaxValue)
    {
        target.Clear(NextPosition);
        while (target.Count < maxRecords && target.BufferLength < maxBytes && NextPosition < untilPosition
            && (left > 0 || pendingTick || NextInput()))
        {
            if (pendingTick)
            {
                target.AddTick(ledger.Position, ledger.ClockMs);
                pendingTick = false;
            }
            else
            {
                long most = Math.Min(maxRecords - target.Count, untilPosition - NextPosition);
                ReadRun(target, (int)Math.Min(left, most), maxBytes);
            }

            NextPosition = target.NextPosition;
        }

        return target.Count;
    }

    private bool NextInput()
    {
        if (!ledger.MoveNext())
        {
            return false;
        }

        pendingTick = ledger.Kind == LedgerInputKind.Tick;
        left = pendingTick ? 0 : ledger.Count;
        return true;
    }

    private void ReadRun(PositionBatch target, int count, int maxBytes)
    {
        int id = ledger.PartitionId;
        long first = ledger.FirstOffset + ledger.Count - left;
        long wanted = first;
        PartitionReader? reader = ReaderOf(id, first);
        if (reader is null)
        {
            target.Skip(count);
            left -= count;
            return;
        }

        SourceRecords source = target.SourceOf(topics[id]!);
        source.Reserve(count);
        while (wanted < first + count && (wanted == first || target.BufferLength < maxBytes))
        {
            long found = Math.Min(Find(reader, id, wanted), first + count);
            if (found > wanted)
            {
                PassOver(target, id, wanted, found);
                reader = ReaderOf(id, found)!;
            }
            else
            {
                found += target.AddRun(source, reader, (int)(first + count - found), maxBytes);
            }

            left -= found - wanted;
            wanted = found;
        }
    }

    // Moves to a record; returns its offset, or a greater one where it is gone: up to which all are.
    private long Find(PartitionReader reader, int id, long wanted)
    {
        PartitionLog log = logs[id]!;
        try
        {
            if (reader.MoveTo(wanted))
            {
                return reader.Offset;
            }
        }
        catch (OffsetOutOfRangeFault gone)
            when (gone.StartOffset > wanted && (skipRemoved || log.HasPassed(wanted, gone.StartOffset)))
        {
            readers[id] = null;
            return gone.StartOffset;
        }

        return reader.NextBatchOffset > wanted
            ? reader.NextBatchOffset
            : throw new DamageFault(
                log.Directory, -1, "a committed record is missing", log.Topic, log.Partition, wanted);
    }

    private void PassOver(PositionBatch target, int id, long wanted, long found)
    {
        PartitionLog log = logs[id]!;
        if (!skipRemoved && !log.HasPassed(wanted, found))
        {
            throw new OffsetOutOfRangeFault(log.Topic, log.Partition, wanted, log.StartOffset);
        }

        target.Skip(found - wanted);
    }

    // Null when the topic was removed: its records keep their positions, and nobody gets them.
    private PartitionReader? ReaderOf(int id, long offset)
    {
        while (readers.Count <= id)
        {
            int next = readers.Count;
            readers.Add(null);
            topics.Add(catalog.Topics.FirstOrDefault(topic => topic.Partitions.Any(log => log.Id == next)));
            logs.Add(topics[next]?.Partitions.First(log => log.Id == next));
        }

        if (logs[id] is { IsRemoved: false } log)
        {
            return readers[id] ??= log.OpenReader(offset);
        }

        return ledger.IsRemoved(id)
            ? null
            : throw new DamageFault("topics", -1, "a source partition of the ledger is missing");
    }
}
