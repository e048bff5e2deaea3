using System.Collections.Concurrent;
using Millrace.Engine;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// Blocks of a snapshot on their way from the engine's thread to the one that writes them, many to a chunk of memory
/// that comes back to be used again. Bounded by who writes: it asks <see cref="HasRoom"/> before the next slice. One
/// thread writes, one takes.
/// </summary>
internal sealed class BlockQueue(long maxBytes) : ISnapshotSink
{
    private const int ChunkBytes = 256 << 10;

    private readonly ConcurrentQueue<Chunk> full = [];
    private readonly ConcurrentQueue<Chunk> free = [];
    private Chunk? filling;
    private long bytes;

    /// <summary>Whether a slice may be added.</summary>
    public bool HasRoom => Bytes < maxBytes;

    /// <summary>Whether there is something to take.</summary>
    public bool HasChunk => !full.IsEmpty;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    public void Write(ReadOnlySpan<byte> block)
    {
        if (filling is not null && !filling.HasRoom(block.Length))
        {
            Flush();
        }

        filling ??= free.TryDequeue(out Chunk? used) && used.HasRoom(block.Length)
            ? used
            : new Chunk(Math.Max(ChunkBytes, block.Length));
        filling.Add(block);
        Interlocked.Add(ref bytes, block.Length);

        // A block that takes all the room is the last one until it is taken.
        if (!filling.HasRoom(1))
        {
            Flush();
        }
    }

    /// <summary>Lets the blocks be taken that do not fill a chunk.</summary>
    public void Flush()
    {
        if (filling is not null)
        {
            full.Enqueue(filling);
            filling = null;
        }
    }

    /// <summary>Gives the oldest blocks, one by one, to an action; false when there are none.</summary>
    public bool TryTake(Action<ReadOnlyMemory<byte>> write)
    {
        if (!full.TryDequeue(out Chunk? chunk))
        {
            return false;
        }

        Interlocked.Add(ref bytes, -chunk.Length);
        chunk.DrainTo(write);
        if (chunk.Room == ChunkBytes)
        {
            free.Enqueue(chunk);
        }

        return true;
    }

    private sealed class Chunk(int room)
    {
        private readonly byte[] data = GC.AllocateUninitializedArray<byte>(room);
        private readonly List<int> ends = [];

        public int Room => room;

        public int Length { get; private set; }

        public bool HasRoom(int length) => room - Length >= length;

        public void Add(ReadOnlySpan<byte> block)
        {
            block.CopyTo(data.AsSpan(Length));
            Length += block.Length;
            ends.Add(Length);
        }

        public void DrainTo(Action<ReadOnlyMemory<byte>> write)
        {
            int from = 0;
            foreach (int end in ends)
            {
                write(data.AsMemory(from, end - from));
                from = end;
            }

            ends.Clear();
            Length = 0;
        }
    }
}
