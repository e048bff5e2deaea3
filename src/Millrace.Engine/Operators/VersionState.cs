using Millrace.Data;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>A versioned table's state in snapshots: its counters and columns in the head, its keys in blocks.</summary>
internal sealed class VersionState : IStatePart
{
    private readonly VersionWriter writer;
    private readonly VersionStore store;
    private long expected;

    public VersionState(string name, TemporalJoin node, VersionWriter writer)
    {
        Name = name;
        this.writer = writer;
        store = writer.Store;
        IEnumerable<SqlType> keys = node.RightKey.Select(k => node.Right.Schema.Columns[k].Type.Nullable());
        Signature = $"{writer.Describe()} by [{string.Join(", ", keys)}]";
    }

    public string Name { get; }

    public int FormatVersion => 1;

    public string Signature { get; }

    public long Left => store.Saver.Left;

    public OperatorStatistics Count() => new(Name, "TemporalJoin", store.Count, store.StateBytes);

    public void Begin(int number, bool isFull, SnapshotWriter head)
    {
        head.Unsigned((ulong)store.LateCount);
        head.Unsigned((ulong)writer.OutdatedCount);
        head.Unsigned((ulong)store.Count);
        store.Format.SaveHead(head);
        store.BeginSnapshot(number, isFull);
    }

    public void Rehearse() => store.Saver.Rehearse();

    public int Drain(int maxBytes, ISnapshotSink sink) => store.Saver.Drain(maxBytes, sink);

    public int Advance(int maxBytes, ISnapshotSink sink, out bool isDone) =>
        store.Saver.Advance(maxBytes, sink, out isDone);

    public void End() => store.Saver.End();

    public string? WhyNot(SnapshotReader head)
    {
        PassCounts(ref head);
        string? missing = store.Format.LoadHead(ref head);
        return missing is null ? null : $"{Name} now needs {missing}, which was not kept";
    }

    public void LoadHead(SnapshotReader head)
    {
        store.LateCount = (long)head.Unsigned();
        writer.OutdatedCount = (long)head.Unsigned();
        expected = (long)head.Unsigned();
        store.Format.LoadHead(ref head);
    }

    public void Load(IReadOnlyList<ReadOnlyMemory<byte>> blocks)
    {
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            SnapshotReader reader = SnapshotReader.Over(block.Span);
            store.Load(ref reader);
        }
    }

    public void FinishLoad()
    {
        if (store.Count != expected)
        {
            throw new SnapshotDamagedException($"{Name} had {expected} versions, {store.Count} were found");
        }

        store.Saver.Settle();
    }

    private static void PassCounts(ref SnapshotReader head)
    {
        for (int i = 0; i < 3; i++)
        {
            head.Unsigned();
        }
    }
}
