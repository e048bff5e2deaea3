using System.Runtime.InteropServices;
using FsCheck.Xunit;
using Millrace.Data.Keys;
using Millrace.Engine.Tests.Streams;
using Millrace.Engine.Tests.Support;
using Xunit;

namespace Millrace.Engine.Tests.Snapshots;

/// <summary>Blocks that are not what an engine wrote are told, whatever they are.</summary>
public sealed class DamageTests
{
    private static readonly DedupRule Rule = new(KeyColumn: 0, RepeatedStream.WindowMs);
    private static readonly List<byte[]> Written = Write();

    [Property(MaxTest = 60)]
    public void A_changed_byte_is_told(int seed)
    {
        Random random = new(seed);
        List<byte[]> blocks = [.. Written.Select(b => b.ToArray())];
        byte[] block = blocks[random.Next(blocks.Count)];
        block[random.Next(block.Length)] ^= (byte)random.Next(1, 256);
        Assert.Throws<SnapshotDamagedException>(() => Restore(blocks));
    }

    [Property(MaxTest = 60)]
    public void A_missing_or_displaced_block_is_told(int seed)
    {
        Random random = new(seed);
        List<byte[]> blocks = [.. Written];
        int at = random.Next(blocks.Count);
        byte[] block = blocks[at];
        blocks.RemoveAt(at);
        if (random.Next(2) == 0)
        {
            // Not behind the end, where it came from, nor among blocks of one kind.
            blocks.Insert(at == 0 ? blocks.Count : 0, block);
        }

        Assert.Throws<SnapshotDamagedException>(() => Restore(blocks));
    }

    /// <summary>Even where the check sum fits: it may come to another state, and to no other end than this.</summary>
    [Property(MaxTest = 300)]
    public void Nonsense_is_read_within_its_bounds(int seed)
    {
        Random random = new(seed);
        List<byte[]> blocks = [.. Written];
        int at = random.Next(blocks.Count);
        byte[] block = [.. blocks[at]];
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            block[random.Next(1, block.Length)] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
        }

        int contents = random.Next(4) == 0
            ? random.Next(1, block.Length - sizeof(ulong))
            : block.Length - sizeof(ulong);
        ulong hash = Hash64.Of(block.AsSpan(0, contents));
        MemoryMarshal.Write(block.AsSpan(contents), hash);
        blocks[at] = block[..(contents + sizeof(ulong))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Restore(blocks);
        }
        catch (SnapshotDamagedException)
        {
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000_000);
    }

    [Fact]
    public void A_chain_begins_with_a_full_snapshot()
    {
        StreamEngine engine = Engine();
        EngineDriver.Run(engine, RepeatedStream.Create(3, 100), 100, new Recorder());
        BlockList.Of(engine);
        BlockList second = BlockList.Of(engine, full: false);
        Assert.Throws<SnapshotDamagedException>(() => Restore(second.Blocks));
        Assert.Throws<SnapshotDamagedException>(() => Restore([]));
        Assert.Throws<SnapshotDamagedException>(() => Restore([.. Written, .. Written]));
    }

    private static void Restore(List<byte[]> blocks) =>
        Engine().Restore(blocks.Select(b => (ReadOnlyMemory<byte>)b));

    private static StreamEngine Engine() => EngineDriver.Engine(ShopGraph.Create(Rule), workers: 2);

    private static List<byte[]> Write()
    {
        StreamEngine engine = Engine();
        List<StreamItem> items = [.. RepeatedStream.Create(7, 400).Where(i => i is not EndItem)];
        EngineDriver.Run(engine, items[..300], 100, new Recorder());
        BlockList full = BlockList.Of(engine);
        EngineDriver.Run(engine, items[300..], 100, new Recorder(), 300);
        return [.. full.Blocks, .. BlockList.Of(engine, full: false).Blocks];
    }
}
