namespace Millrace.Hosting.Views;

/// <summary>The rows that a query may see, taken between two steps; evaluated on the thread of whoever asked.</summary>
internal sealed record ViewSnapshot(
    IReadOnlyList<StoredRow> Live, IEnumerable<StoredRow> Final, bool IsComplete, long Position);
