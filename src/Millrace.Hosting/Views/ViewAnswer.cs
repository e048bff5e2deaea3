namespace Millrace.Hosting.Views;

/// <summary>Whether and why a question was answered or not.</summary>
public enum ViewOutcome
{
    Answered,
    UnknownModel,

    /// <summary>A column is unknown or a value does not fit; <see cref="ViewAnswer.Problem"/> says which.</summary>
    BadQuery,

    /// <summary>The log is being replayed; ask again.</summary>
    NotReady,

    /// <summary>The runtime is faulted or stopped.</summary>
    Unavailable,
}

/// <summary>
/// A row of a model: its JSON value, whether its window is still open, and its record's timestamp (ms since the epoch:
/// the time column, or the last millisecond of the window).
/// </summary>
public sealed record ViewRow(ReadOnlyMemory<byte> Json, bool IsLive, long TimestampMs);

/// <summary>The answer to a <see cref="ViewQuery"/>. All of its rows are of one moment between two steps.</summary>
public sealed record ViewAnswer(ViewOutcome Outcome, IReadOnlyList<ViewRow> Rows)
{
    /// <summary>
    /// Whether all rows of the model were looked at; false when older ones had been dropped from memory.
    /// </summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Everything below this position of the log is in the answer, nothing from it on.</summary>
    public long Position { get; init; }

    /// <summary>What is wrong with the question; null when nothing is.</summary>
    public string? Problem { get; init; }

    internal static ViewAnswer Of(ViewOutcome outcome, string? problem = null) =>
        new(outcome, []) { Problem = problem };
}
