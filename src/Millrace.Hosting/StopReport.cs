namespace Millrace.Hosting;

/// <summary>How a runtime was stopped. Nothing that was answered is lost either way.</summary>
/// <param name="IsComplete">Whether all was done before the deadline.</param>
/// <param name="Left">What was not, as a line for a person; empty when nothing.</param>
public sealed record StopReport(bool IsComplete, string Left)
{
    internal static StopReport Complete { get; } = new(true, "");
}
