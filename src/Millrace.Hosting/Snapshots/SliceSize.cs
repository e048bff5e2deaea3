namespace Millrace.Hosting.Snapshots;

/// <summary>Learns how many bytes of a snapshot a slice may have so that it takes no longer than it should.</summary>
/// <param name="target">How long.</param>
/// <param name="most">Bytes at most, whatever the time.</param>
internal sealed class SliceSize(TimeSpan target, int most)
{
    private const int Least = 16 << 10;

    public int Bytes { get; private set; } = Math.Min(64 << 10, most);

    /// <summary>Notes how long a slice took that gave so many.</summary>
    public void Note(long bytes, TimeSpan duration)
    {
        if (duration > target)
        {
            Bytes = Math.Max(Math.Min(Least, most), Bytes / 2);
        }
        else if (bytes >= Bytes && duration < target / 2)
        {
            Bytes = Math.Min(most, Bytes * 2);
        }
    }
}
