namespace Millrace.Engine;

/// <summary>Takes the blocks of a snapshot, in order: opaque bytes, of which each carries its own check sum.</summary>
public interface ISnapshotSink
{
    /// <summary>Takes a block; it is good during the call only. What this throws goes through
    /// <see cref="EngineSnapshot.Advance"/>, after which the snapshot can only be abandoned.</summary>
    void Write(ReadOnlySpan<byte> block);
}
