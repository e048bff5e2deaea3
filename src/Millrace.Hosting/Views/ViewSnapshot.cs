namespace Millrace.Hosting.Views;

/// <summary>
/// The rows that a query may see, taken between two steps; evaluated on the thread of whoever asked, who then disposes
/// it. Its rows are good until then.
/// </summary>
internal sealed record ViewSnapshot(
    IReadOnlyList<StoredRow> Live, IEnumerable<StoredRow> Final, bool IsComplete, long Position) : IDisposable
{
    /// <summary>What holds the memory of <see cref="Final"/>; null when the rows are copies.</summary>
    public IDisposable? Lease { get; init; }

    public void Dispose() => Lease?.Dispose();
}
