namespace Millrace.Hosting.Snapshots;

/// <summary>Learns how many bytes of a snapshot a slice may have so that it takes no longer than it should.</summary>
internal sealed class SliceSize(TimeSpan target)
{
    private const int Least = 16 << 10;
    private const int Most = 1 << 20;

    public int Bytes { get; private set; } = 64 << 10;

    /// <summary>Notes how long a slice took that gave so many.</summary>
    public void Note(long bytes, TimeSpan duration)
    {
        if (duration > target)
        {
            Bytes = Math.Max(Least, Bytes / 2);
        }
        else if (bytes >= Bytes && duration < target / 2)
        {
            Bytes = Math.Min(Most, Bytes * 2);
        }
    }
}
