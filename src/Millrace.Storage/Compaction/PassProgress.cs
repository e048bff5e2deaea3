namespace Millrace.Storage.Compaction;

/// <summary>What a compaction pass needs next.</summary>
internal enum PassProgress
{
    /// <summary>Another slice of reading and writing.</summary>
    More,

    /// <summary>Its output is complete: <see cref="CompactionPass.Swap"/>.</summary>
    Swap,

    /// <summary>All is in place: <see cref="CompactionPass.Finish"/>.</summary>
    Done,
}
