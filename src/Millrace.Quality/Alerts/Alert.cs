namespace Millrace.Quality.Alerts;

/// <summary>What is said to the people whom a test names when it fails.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Test">The failing test.</param>
/// <param name="Table">The source or model that it watches.</param>
/// <param name="Messages">What is wrong, one line per failing assertion.</param>
/// <param name="AtMs">When, epoch milliseconds.</param>
public sealed record Alert(string Project, string Test, string Table, IReadOnlyList<string> Messages, long AtMs);
