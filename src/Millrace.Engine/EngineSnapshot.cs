using Millrace.Engine.Snapshots;
using Millrace.Engine.State;

namespace Millrace.Engine;

/// <summary>
/// The state of an engine at one place between two steps, while it is written beside the steps that follow. One thread
/// at a time, the engine's.
/// </summary>
public sealed class EngineSnapshot
{
    // Bytes that are copied, to memory that was not touched before, in the time in which one is made, about.
    private const int DrainedPerByte = 2;

    private readonly IReadOnlyList<IStatePart> parts;
    private readonly SnapshotWriter writer;
    private readonly CountingSink sink;
    private readonly Action abandoned;
    private readonly long total;
    private int sharedPart;
    private int part;

    /// <param name="parts">All that keeps state; it has begun.</param>
    /// <param name="head">The snapshot's first block.</param>
    /// <param name="isFull">Whether it needs no earlier one.</param>
    /// <param name="position">The last position that the state has seen.</param>
    /// <param name="sink">Where it goes.</param>
    /// <param name="abandoned">Called when it is given up.</param>
    internal EngineSnapshot(
        IReadOnlyList<IStatePart> parts,
        SnapshotWriter head,
        bool isFull,
        long position,
        ISnapshotSink sink,
        Action abandoned)
    {
        this.parts = parts;
        writer = head;
        IsFull = isFull;
        Position = position;
        this.sink = new CountingSink(sink);
        this.abandoned = abandoned;
        total = Left;
    }

    /// <summary>Whether it needs no earlier one. An engine writes a full one, though asked for less, where it has
    /// none to build upon: the first of its life, and after one that was abandoned.</summary>
    public bool IsFull { get; }

    /// <summary>The last position that the state has seen; <see cref="long.MinValue"/> before the first.</summary>
    public long Position { get; }

    /// <summary>Whether all of it has been given to the sink.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether it was given up.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>How many bytes the sink has got.</summary>
    public long BytesWritten => sink.Bytes;

    /// <summary>How much of the state has been looked at, from 0 to 1.</summary>
    public double Progress => total == 0 ? 1 : 1 - ((double)Left / total);

    /// <summary>What the last <see cref="Advance"/> did, in bytes; what had been made before counts less.</summary>
    public int LastWork { get; private set; }

    /// <summary>
    /// Writes about that many bytes more, between steps; true when nothing is left. What steps had to write first goes
    /// before and counts for less, because it is there already.
    /// </summary>
    public bool Advance(int maxBytes)
    {
        ObjectDisposedException.ThrowIf(IsAbandoned, this);
        if (IsComplete)
        {
            return true;
        }

        int written = (int)(DrainParts(maxBytes * (long)DrainedPerByte) / DrainedPerByte);
        bool isDone = true;
        while (sharedPart < parts.Count && isDone && written < maxBytes)
        {
            written += parts[sharedPart].AdvanceShared(maxBytes - written, sink, out isDone);
            sharedPart += isDone ? 1 : 0;
        }

        while (part < sharedPart && isDone && written < maxBytes)
        {
            written += parts[part].Advance(maxBytes - written, sink, out isDone);
            part += isDone ? 1 : 0;
        }

        LastWork = written;
        if (part == parts.Count)
        {
            Complete();
        }

        return IsComplete;
    }

    /// <summary>Gives away what steps had to write first, about so many bytes, so that it does not pile up.</summary>
    public void Drain(int maxBytes)
    {
        if (!IsComplete)
        {
            DrainParts(maxBytes);
        }
    }

    /// <summary>Instead of <see cref="Advance"/>, for one that is then given up: takes all ways that a real one will
    /// take, so that their compilation holds up no step.</summary>
    public void Rehearse()
    {
        foreach (IStatePart rehearsed in parts)
        {
            rehearsed.Rehearse();
            rehearsed.Drain(int.MaxValue, sink);
        }

        _ = Progress;
    }

    /// <summary>Gives it up, also when it was complete and could not be made durable: the next one is full.</summary>
    public void Abandon()
    {
        if (!IsComplete)
        {
            End();
        }

        IsAbandoned = true;
        abandoned();
    }

    private long Left => parts.Skip(part).Sum(p => p.Left);

    private long DrainParts(long maxBytes)
    {
        long given = writer.DrainTo(sink);
        for (int p = part; p < parts.Count && given < maxBytes; p++)
        {
            given += parts[p].Drain((int)Math.Min(int.MaxValue, maxBytes - given), sink);
        }

        return given;
    }

    private void Complete()
    {
        writer.BeginBlock(BlockKind.End);
        writer.Unsigned((ulong)sink.Blocks);
        writer.EndBlock();
        writer.DrainTo(sink);
        End();
        IsComplete = true;
    }

    private void End()
    {
        foreach (IStatePart ended in parts)
        {
            ended.End();
        }
    }

    private sealed class CountingSink(ISnapshotSink target) : ISnapshotSink
    {
        public long Bytes { get; private set; }

        public long Blocks { get; private set; }

        public void Write(ReadOnlySpan<byte> block)
        {
            target.Write(block);
            Bytes += block.Length;
            Blocks++;
        }
    }
}
