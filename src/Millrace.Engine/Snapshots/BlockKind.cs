namespace Millrace.Engine.Snapshots;

/// <summary>What a block of a snapshot holds. Stored: numbers must not change.</summary>
internal enum BlockKind : byte
{
    /// <summary>The first: position, progress, counters, and which parts there are.</summary>
    Head = 1,

    /// <summary>State of one part.</summary>
    State = 2,

    /// <summary>The last: how many blocks there were.</summary>
    End = 3,
}
