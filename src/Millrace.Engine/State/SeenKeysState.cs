using Millrace.Data.Keys;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.State;

/// <summary>The keys that a source has had lately, in snapshots: what builds upon an earlier one has the entries that
/// came since.</summary>
/// <param name="keys">The keys.</param>
/// <param name="signature">Of what they are made.</param>
internal sealed class SeenKeysState(SeenKeys keys, string signature) : IStatePart
{
    private const int MostEntries = 1024;

    private readonly SnapshotWriter writer = new();
    private int part;
    private long saved;
    private long next;
    private long end;
    private long expected;

    public string Name => "seen keys";

    public int FormatVersion => 1;

    public string Signature => signature;

    /// <summary>The log's time: no record of the source had a greater timestamp.</summary>
    public long LogTime { get; set; } = long.MinValue;

    /// <summary>Entries from this number on may not be forgotten yet.</summary>
    public long Limit => next < end ? next : long.MaxValue;

    public long Left => end - next;

    public OperatorStatistics Count() => new(Name, "Deduplicate", keys.Next - keys.First, keys.StateBytes);

    public void Begin(int number, bool isFull, SnapshotWriter head)
    {
        part = number;
        next = isFull ? keys.First : Math.Max(saved, keys.First);
        end = keys.Next;
        saved = end;
        head.Time(LogTime);
        head.Signed(keys.First);
        head.Signed(end);
    }

    public void Rehearse()
    {
    }

    public int Drain(int maxBytes, ISnapshotSink sink) => 0;

    public int Advance(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = 0;
        while (next < end && written < maxBytes)
        {
            WriteBlock();
            written += writer.DrainTo(sink);
        }

        isDone = next == end;
        return written;
    }

    public void End() => next = end;

    public string? WhyNot(SnapshotReader head) => null;

    public void LoadHead(SnapshotReader head)
    {
        LogTime = head.Time();
        keys.ForgetBelow(head.Signed());
        expected = head.Signed();
    }

    public void Load(IReadOnlyList<ReadOnlyMemory<byte>> blocks)
    {
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            Load(SnapshotReader.Over(block.Span));
        }
    }

    public void FinishLoad()
    {
        if (keys.Next != expected)
        {
            throw new SnapshotDamagedException($"seen keys went to number {expected}, and were found to {keys.Next}");
        }

        saved = keys.Next;
        next = end = keys.Next;
    }

    private void Load(SnapshotReader block)
    {
        int count = block.Count(leastBytes: 2);
        if (block.Signed() != keys.Next)
        {
            throw new SnapshotDamagedException("seen keys are not in their order");
        }

        long time = 0;
        for (int i = 0; i < count; i++)
        {
            time += block.Signed();
            ReadOnlySpan<byte> key = block.Bytes();
            keys.Add(Hash64.Of(key), key, time);
        }
    }

    private void WriteBlock()
    {
        int count = (int)Math.Min(MostEntries, end - next);
        writer.BeginBlock(BlockKind.State);
        writer.Count(part);
        writer.Count(count);
        writer.Signed(next);
        long before = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> key = keys.Key(next++, out long time);
            writer.Signed(time - before);
            writer.Bytes(key);
            before = time;
        }

        writer.EndBlock();
    }
}
