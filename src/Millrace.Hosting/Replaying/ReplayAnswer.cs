using Millrace.Hosting.Collecting;
using Millrace.Hosting.Running;

namespace Millrace.Hosting.Replaying;

/// <summary>What became of a <see cref="ReplayRequest"/>.</summary>
public enum ReplayOutcome
{
    /// <summary>The rows that were looked at are accounted for.</summary>
    Done,

    /// <summary>There is no such topic, or it is not the bad records of a source.</summary>
    NotReplayable,

    /// <summary>Which records were posted before can't be known any more; nothing was posted.</summary>
    Forgotten,

    /// <summary>The process takes no records at the moment; those that are counted as posted were.</summary>
    Refused,
}

/// <summary>The rows that a replay has looked at, each counted once.</summary>
public sealed record ReplayAnswer(ReplayOutcome Outcome, string? Problem = null)
{
    /// <summary>Posted into the source, or that would be.</summary>
    public int Posted { get; init; }

    /// <summary>Can't be read by the source's columns yet; they stay where they are.</summary>
    public int StillBad { get; init; }

    /// <summary>Posted by a replay before.</summary>
    public int Before { get; init; }

    /// <summary>Rows on which a model failed: they are in the log, and computed again when the model is.</summary>
    public int OfModels { get; init; }

    /// <summary>Computed from the log when models were built anew, since when they can be read.</summary>
    public int Rebuilt { get; init; }

    /// <summary>The models for which that is not so, where it is for others that read the source.</summary>
    public IReadOnlyList<string> RebuiltWithout { get; init; } = [];

    /// <summary>Where the next request goes on.</summary>
    public long NextOffset { get; init; }

    /// <summary>Whether there was no more when it ended.</summary>
    public bool IsAtEnd { get; init; }

    /// <summary>Why the first of those that are still bad are so; the index is the offset in the topic.</summary>
    public IReadOnlyList<RejectedRecord> Examples { get; init; } = [];

    /// <summary>Why the process refused, when it did.</summary>
    public AppendOutcome Refusal { get; init; }
}
