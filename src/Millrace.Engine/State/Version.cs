namespace Millrace.Engine.State;

/// <summary>One version of a key in a <see cref="VersionStore"/>.</summary>
internal struct Version
{
    /// <summary>From when it is valid, ms since the epoch.</summary>
    public long Time;

    /// <summary>Its place in the append order.</summary>
    public long Position;

    /// <summary>Its row in the store's columns; -1 for a deletion.</summary>
    public int Row;

    /// <summary>The next older version of the key, or -1.</summary>
    public int Older;

    /// <summary>Whether a left row before it would have met it.</summary>
    public bool IsLate;
}
