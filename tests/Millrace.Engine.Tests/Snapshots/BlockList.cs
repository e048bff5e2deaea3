namespace Millrace.Engine.Tests.Snapshots;

/// <summary>Keeps the blocks of one snapshot.</summary>
internal sealed class BlockList : ISnapshotSink
{
    public List<byte[]> Blocks { get; } = [];

    public void Write(ReadOnlySpan<byte> block) => Blocks.Add(block.ToArray());

    /// <summary>Writes a whole snapshot at once.</summary>
    public static BlockList Of(StreamEngine engine, bool full = true)
    {
        BlockList blocks = new();
        EngineSnapshot snapshot = engine.BeginSnapshot(full, blocks);
        while (!snapshot.Advance(1 << 20))
        {
        }

        return blocks;
    }

    /// <summary>The blocks of a chain as an engine takes them: each good only until the next is asked for.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Chain(IEnumerable<BlockList> chain)
    {
        foreach (byte[] block in chain.SelectMany(b => b.Blocks))
        {
            byte[] lent = [.. block];
            yield return lent;
            Array.Fill(lent, (byte)0xEE);
        }
    }
}
