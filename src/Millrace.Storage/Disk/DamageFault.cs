using System.Globalization;

namespace Millrace.Storage.Disk;

/// <summary>
/// Bytes that were acknowledged are missing or are not what was written. Nothing is cut or repaired when this is
/// thrown: the place is named so that a person can decide.
/// </summary>
public sealed class DamageFault : StorageFault
{
    public DamageFault(
        string path, long position, string what, string? topic = null, int partition = -1, long offset = -1,
        long lastOffset = -1)
        : base(Describe(path, position, what, topic, partition, offset, Math.Max(offset, lastOffset)))
    {
        What = what;
        Path = path;
        Position = position;
        Topic = topic;
        Partition = partition;
        Offset = offset;
        LastOffset = Math.Max(offset, lastOffset);
    }

    /// <summary>
    /// Whether a folder that is opened to pass over damaged records goes on without what this is about.
    /// </summary>
    public bool CanBePassed { get; init; }

    /// <summary>What is wrong, without the place.</summary>
    public string What { get; }

    public string Path { get; }

    /// <summary>Byte position in the file; -1 where a file or folder as a whole is meant.</summary>
    public long Position { get; }

    /// <summary>The topic, or null when the damage is in the ledger.</summary>
    public string? Topic { get; }

    public int Partition { get; }

    /// <summary>Offset of the first record that cannot be read, or -1.</summary>
    public long Offset { get; }

    /// <summary>Offset of the last record in a row that cannot be read, or -1.</summary>
    public long LastOffset { get; }

    private static string Describe(
        string path, long position, string what, string? topic, int partition, long offset, long lastOffset)
    {
        string offsets = lastOffset > offset
            ? string.Create(CultureInfo.InvariantCulture, $"offsets {offset} to {lastOffset}")
            : string.Create(CultureInfo.InvariantCulture, $"offset {offset}");
        string place = topic is null
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $"topic {topic}, partition {partition}, {offsets}: ");
        return position < 0
            ? $"{place}{what}: {path}"
            : string.Create(CultureInfo.InvariantCulture, $"{place}{what} at byte {position} of {path}");
    }
}
