using System.Buffers;
using System.Collections.Concurrent;
using Millrace.Engine;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// Blocks of a snapshot on their way from the engine's thread to the one that writes them. Bounded by who writes: it
/// asks <see cref="HasRoom"/> before the next slice. One thread writes, one takes.
/// </summary>
internal sealed class BlockQueue(long maxBytes) : ISnapshotSink
{
    private readonly ConcurrentQueue<ArraySegment<byte>> blocks = [];
    private long bytes;

    /// <summary>Whether a slice may be added.</summary>
    public bool HasRoom => Bytes < maxBytes;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    public void Write(ReadOnlySpan<byte> block)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(block.Length);
        block.CopyTo(copy);
        Interlocked.Add(ref bytes, block.Length);
        blocks.Enqueue(new ArraySegment<byte>(copy, 0, block.Length));
    }

    /// <summary>Gives the oldest block to an action; false when there is none.</summary>
    public bool TryTake(Action<ReadOnlyMemory<byte>> write)
    {
        if (!blocks.TryDequeue(out ArraySegment<byte> block))
        {
            return false;
        }

        Interlocked.Add(ref bytes, -block.Count);
        write(block);
        ArrayPool<byte>.Shared.Return(block.Array!);
        return true;
    }
}
