namespace Millrace.Hosting.Running;

/// <summary>
/// Learns how many records a step may take so that it lasts no longer than it should. Results do not depend on it.
/// </summary>
internal sealed class StepSize(TimeSpan target, int most)
{
    private const int Least = 64;

    /// <summary>Records that the next step takes at most.</summary>
    public int Records { get; private set; } = Math.Min(1024, most);

    /// <summary>Notes how long a step lasted that took that many.</summary>
    public void Note(int records, TimeSpan duration)
    {
        if (duration > target)
        {
            Records = Math.Max(Math.Min(Least, most), Records / 2);
        }
        else if (records >= Records && duration < target / 2)
        {
            Records = Math.Min(most, Records * 2);
        }
    }
}
