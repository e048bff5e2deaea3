using Millrace.Storage.Topics;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// The sum of all entries up to some LSN. Every ledger file begins with one, so each can be read alone.
/// </summary>
internal sealed class LedgerState
{
    private const int Version = 1;

    /// <summary>Position that the next record or tick gets.</summary>
    public long NextPosition { get; private set; }

    /// <summary>The engine has processed everything below, as of the last step.</summary>
    public long StepPosition { get; private set; }

    /// <summary>The last clock reading, or <see cref="long.MinValue"/> before the first.</summary>
    public long LastTick { get; private set; } = long.MinValue;

    public List<LedgerPartition> Partitions { get; } = [];

    public void Apply(LedgerEntryKind kind, ReadOnlySpan<byte> bytes)
    {
        LedgerBody body = new(bytes);
        switch (kind)
        {
            case LedgerEntryKind.Base:
                ReadBase(ref body);
                break;
            case LedgerEntryKind.Topic:
                Partitions.Add(ReadPartition(ref body));
                break;
            case LedgerEntryKind.Append:
                for (long left = body.Read(); left > 0;)
                {
                    left -= ApplyItem(body.ReadItem());
                }

                break;
            case LedgerEntryKind.Step:
                StepPosition = body.Read();
                ReadOffsets(ref body, static (partition, offset) => partition.End = offset);
                break;
            case LedgerEntryKind.Flushed:
                ReadOffsets(ref body, static (partition, offset) => partition.RecoveryPoint = offset);
                break;
            default:
                throw new InvalidDataException("unknown kind of ledger entry: " + kind);
        }
    }

    /// <summary>Writes the state as the first entry of a file.</summary>
    public void WriteBase(LedgerEncoder target)
    {
        target.Begin(LedgerEntryKind.Base);
        target.Write(Version);
        target.Write(NextPosition);
        target.Write(StepPosition);
        target.WriteSigned(LastTick);
        target.Write(Partitions.Count);
        foreach (LedgerPartition partition in Partitions)
        {
            WritePartition(target, partition);
            target.Write(partition.End);
            target.Write(partition.RecoveryPoint);
        }

        target.End();
    }

    public static void WriteTopic(LedgerEncoder target, LedgerPartition partition)
    {
        target.Begin(LedgerEntryKind.Topic);
        WritePartition(target, partition);
        target.End();
    }

    private long ApplyItem((int Id, long Count, long ClockMs) item)
    {
        if (item.Id < 0)
        {
            LastTick = item.ClockMs;
        }
        else
        {
            Partitions[item.Id].End += item.Count;
        }

        NextPosition += item.Count;
        return item.Count;
    }

    private static void WritePartition(LedgerEncoder target, LedgerPartition partition)
    {
        target.Write(partition.Topic);
        target.Write(partition.Partition);
        target.Write((int)partition.Kind);
    }

    private static LedgerPartition ReadPartition(ref LedgerBody body) =>
        new(body.ReadText(), (int)body.Read(), (TopicKind)body.Read());

    private void ReadBase(ref LedgerBody body)
    {
        long version = body.Read();
        if (version != Version)
        {
            throw new InvalidDataException("the ledger was written by another version: " + version);
        }

        NextPosition = body.Read();
        StepPosition = body.Read();
        LastTick = body.ReadSigned();
        Partitions.Clear();
        for (long left = body.Read(); left > 0; left--)
        {
            LedgerPartition partition = ReadPartition(ref body);
            partition.End = body.Read();
            partition.RecoveryPoint = body.Read();
            Partitions.Add(partition);
        }
    }

    private void ReadOffsets(ref LedgerBody body, Action<LedgerPartition, long> set)
    {
        for (long left = body.Read(); left > 0; left--)
        {
            int id = (int)body.Read();
            set(Partitions[id], body.Read());
        }
    }
}
