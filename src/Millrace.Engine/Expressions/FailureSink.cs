namespace Millrace.Engine.Expressions;

/// <summary>A row for which an expression failed.</summary>
/// <param name="Row">The row's index in the batch.</param>
/// <param name="Reason">A short fixed code in upper case, such as <c>DIVISION_BY_ZERO</c> or
/// <c>CAST_FAILED</c>.</param>
/// <param name="Message">What happened, for the user: one sentence with the value that failed.</param>
public readonly record struct RowFailure(int Row, string Reason, string Message);

/// <summary>
/// Collects the rows for which an expression failed; such a row becomes a bad record and goes no further. The first
/// failure of a row counts. Failures are the exception: this may allocate. Not thread-safe.
/// </summary>
public sealed class FailureSink
{
    private readonly List<RowFailure> failures = [];
    private readonly HashSet<int> rows = [];

    public bool IsEmpty => failures.Count == 0;

    /// <summary>The failures in the order in which they were found (not that of the rows), one per row.</summary>
    public IReadOnlyList<RowFailure> Failures => failures;

    public bool Contains(int row) => rows.Count > 0 && rows.Contains(row);

    public void Add(int row, string reason, string message)
    {
        if (rows.Add(row))
        {
            failures.Add(new RowFailure(row, reason, message));
        }
    }

    public void Clear()
    {
        if (failures.Count > 0)
        {
            failures.Clear();
            rows.Clear();
        }
    }
}
