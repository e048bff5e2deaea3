namespace Millrace.Hosting.Running;

/// <summary>
/// Learns how many records a step may take so that it lasts no longer than it should. Results do not depend on it.
/// </summary>
internal sealed class StepSize(TimeSpan target)
{
    private const int Least = 64;
    private const int Most = 1 << 16;

    /// <summary>Records that the next step takes at most.</summary>
    public int Records { get; private set; } = 1024;

    /// <summary>Notes how long a step lasted that took that many.</summary>
    public void Note(int records, TimeSpan duration)
    {
        if (duration > target)
        {
            Records = Math.Max(Least, Records / 2);
        }
        else if (records >= Records && duration < target / 2)
        {
            Records = Math.Min(Most, Records * 2);
        }
    }
}
