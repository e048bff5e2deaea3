using Millrace.Storage.Disk;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// The sum of all entries up to some LSN. Every ledger file begins with one, so each can be read alone.
/// </summary>
internal sealed class LedgerState
{
    private const int Version = 2;

    /// <summary>Position that the next record or tick gets.</summary>
    public long NextPosition { get; private set; }

    /// <summary>The engine has processed everything below, as of the last step.</summary>
    public long StepPosition { get; private set; }

    /// <summary>The last clock reading, or <see cref="long.MinValue"/> before the first.</summary>
    public long LastTick { get; private set; } = long.MinValue;

    public List<LedgerPartition> Partitions { get; } = [];

    /// <summary>Number of the deployment that the folder runs; 0 before the first.</summary>
    public long DeploymentNumber { get; private set; }

    /// <summary>What the deployment's writer stored with it.</summary>
    public byte[] Deployment { get; private set; } = [];

    /// <summary>LSN of the first file that the ledger still needs.</summary>
    public long FirstLsn { get; private set; }

    /// <summary>Position of the first input in that file.</summary>
    public long FirstPosition { get; private set; }

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
            case LedgerEntryKind.Deployment:
                ReadDeployment(ref body);
                break;
            case LedgerEntryKind.Removed:
                for (long left = body.Read(); left > 0; left--)
                {
                    Partitions[(int)body.Read()].IsRemoved = true;
                }

                break;
            case LedgerEntryKind.Start:
                FirstLsn = body.Read();
                FirstPosition = body.Read();
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
            target.Write(partition.IsRemoved ? 1 : 0);
        }

        WriteDeployment(target, DeploymentNumber, Deployment);
        target.Write(FirstLsn);
        target.Write(FirstPosition);
        target.End();
    }

    /// <summary>Writes a deployment as the body of its entry has it, and as the state has it.</summary>
    public static void WriteDeployment(LedgerEncoder target, long number, ReadOnlySpan<byte> bytes)
    {
        target.Write(number);
        target.Write(bytes.Length);
        target.Write(bytes);
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
            throw new FormatFault("ledger", version, Version);
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
            partition.IsRemoved = body.Read() != 0;
            Partitions.Add(partition);
        }

        ReadDeployment(ref body);
        FirstLsn = body.Read();
        FirstPosition = body.Read();
    }

    private void ReadDeployment(ref LedgerBody body)
    {
        DeploymentNumber = body.Read();
        Deployment = body.ReadBytes();
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
