namespace Millrace.Engine;

/// <summary>
/// The state of an engine at one place between two steps, while it is written beside the steps that follow. One thread
/// at a time, the engine's.
/// </summary>
public sealed class EngineSnapshot
{
    internal EngineSnapshot(bool isFull, long position)
    {
        IsFull = isFull;
        Position = position;
    }

    /// <summary>Whether it needs no earlier one. An engine writes a full one, though asked for less, where it has
    /// none to build upon: the first of its life, and after one that was abandoned.</summary>
    public bool IsFull { get; }

    /// <summary>The last position that the state has seen; <see cref="long.MinValue"/> before the first.</summary>
    public long Position { get; }

    /// <summary>Whether all of it has been given to the sink.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many bytes the sink has got.</summary>
    public long BytesWritten { get; private set; }

    /// <summary>Writes about that many bytes more, between steps; true when nothing is left.</summary>
    public bool Advance(int maxBytes) => throw new NotSupportedException($"snapshots are not written yet: {maxBytes}");

    /// <summary>Gives it up, also when it was complete and could not be made durable: the next one is full.</summary>
    public void Abandon() => IsComplete = true;
}
