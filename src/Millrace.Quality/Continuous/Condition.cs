namespace Millrace.Quality.Continuous;

/// <summary>How well something is.</summary>
public enum Health
{
    /// <summary>Nothing can be said yet: it has not been watched for long enough.</summary>
    Unknown,
    Ok,
    Warning,
    Error,
}

/// <summary>
/// The present state of one thing that is watched: a source's freshness or an assertion of a continuous test.
/// </summary>
/// <param name="Subject">The source or the test.</param>
/// <param name="Table">The source or model that is watched.</param>
/// <param name="Check">What is checked: <c>freshness</c>, <c>max_lag</c>, <c>throughput</c>.</param>
/// <param name="Health">How it is.</param>
/// <param name="Message">In words, with the measured value and the bound.</param>
/// <param name="SinceMs">Since when it has been so, epoch milliseconds.</param>
public sealed record Condition(string Subject, string Table, string Check, Health Health, string Message, long SinceMs);
