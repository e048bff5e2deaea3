namespace Millrace.Hosting.Replaying;

/// <summary>Asks to post bad records again.</summary>
/// <param name="From">The topic that has them: <c>source$bad</c>.</param>
public sealed record ReplayRequest(string From)
{
    /// <summary>Rows of the topic below this offset are left out.</summary>
    public long SinceOffset { get; init; }

    /// <summary>Rows whose record is older than this are left out, ms since the epoch; null for all.</summary>
    public long? SinceMs { get; init; }

    /// <summary>Rows that are looked at, at most.</summary>
    public int Limit { get; init; } = 10_000;

    /// <summary>
    /// By offset in the topic, what to post in place of the original; rows that are not here are left out. Null to post
    /// the originals of all.
    /// </summary>
    public IReadOnlyDictionary<long, ReadOnlyMemory<byte>>? Mended { get; init; }

    /// <summary>Whether to say only what would be done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether to post also what was posted before, or was computed when models were built anew.</summary>
    public bool IsAgain { get; init; }
}
