using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Segments;

/// <summary>
/// What lies in a partition's folder and counts, and what an interrupted retention or compaction has left over.
/// <code>
/// &lt;base&gt;.log                   a segment, unless a .swap covers it or all of it is below the start
/// &lt;base&gt;-&lt;next&gt;.cleaned       compaction's output, unfinished: left over
/// &lt;base&gt;-&lt;next&gt;.swap          compaction's output, complete: takes the place of the segments in its range
/// </code>
/// Listing changes nothing; <see cref="TidyUp"/> finishes what was begun, and may itself be interrupted anywhere.
/// </summary>
internal sealed class PartitionFiles
{
    public const string CleanedSuffix = ".cleaned";
    public const string SwapSuffix = ".swap";
    private const int Digits = 20;
    private readonly IDisk disk;
    private readonly string directory;
    private readonly List<string> leftovers = [];
    private readonly List<(long Base, long Next)> swaps = [];

    private PartitionFiles(IDisk disk, string directory)
    {
        this.disk = disk;
        this.directory = directory;
    }

    /// <summary>The segments that count, ascending: base offset and file name.</summary>
    public List<(long Base, string Name)> Segments { get; } = [];

    public static PartitionFiles List(IDisk disk, string directory, long startOffset)
    {
        PartitionFiles files = new(disk, directory);
        IReadOnlyList<string> names = [.. disk.List(directory).Order(StringComparer.Ordinal)];
        files.TakeSegments(names);
        files.DropBelow(startOffset);
        HashSet<string> indexes =
            [.. files.Segments.Select(segment => Segment.FileName(segment.Base, Segment.IndexSuffix))];
        files.leftovers.AddRange(names.Where(name =>
            name.EndsWith(CleanedSuffix, StringComparison.Ordinal)
            || (name.EndsWith(Segment.IndexSuffix, StringComparison.Ordinal) && !indexes.Contains(name))));
        return files;
    }

    public static string RangeName(long baseOffset, long nextOffset, string suffix) =>
        string.Create(CultureInfo.InvariantCulture, $"{baseOffset:D20}-{nextOffset:D20}{suffix}");

    /// <summary>
    /// Puts a complete output in the place of the segments that it covers. The names are made durable in between: only
    /// when the covered ones are gone for good may the output take the name of the first.
    /// </summary>
    public static void Swap(IDisk disk, string directory, long baseOffset, long nextOffset)
    {
        foreach (string name in disk.List(directory).Order(StringComparer.Ordinal))
        {
            bool covered = (TryOffset(name, Segment.LogSuffix, out long offset) && offset > baseOffset)
                || (TryOffset(name, Segment.IndexSuffix, out offset) && offset >= baseOffset);
            if (covered && offset < nextOffset)
            {
                disk.Delete(directory + "/" + name);
            }
        }

        disk.SyncDirectory(directory);
        disk.Rename(
            directory + "/" + RangeName(baseOffset, nextOffset, SwapSuffix),
            directory + "/" + Segment.FileName(baseOffset, Segment.LogSuffix));
        disk.SyncDirectory(directory);
    }

    /// <summary>Deletes what is left over and completes swaps; true when anything was to do.</summary>
    public bool TidyUp()
    {
        if (leftovers.Count == 0 && swaps.Count == 0)
        {
            return false;
        }

        foreach (string name in leftovers)
        {
            disk.Delete(directory + "/" + name);
        }

        disk.SyncDirectory(directory);
        foreach ((long from, long next) in swaps)
        {
            Swap(disk, directory, from, next);
        }

        leftovers.Clear();
        swaps.Clear();
        return true;
    }

    private static bool TryOffset(string name, string suffix, out long offset)
    {
        offset = -1;
        return name.Length == Digits + suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out offset);
    }

    private void TakeSegments(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (name.Length == (2 * Digits) + 1 + SwapSuffix.Length
                && name.EndsWith(SwapSuffix, StringComparison.Ordinal)
                && TryOffset(name[..Digits], string.Empty, out long from)
                && TryOffset(name[(Digits + 1)..^SwapSuffix.Length], string.Empty, out long next))
            {
                swaps.Add((from, next));
                Segments.Add((from, name));
            }
        }

        foreach (string name in names)
        {
            if (TryOffset(name, Segment.LogSuffix, out long offset)
                && !swaps.Exists(swap => offset >= swap.Base && offset < swap.Next))
            {
                Segments.Add((offset, name));
            }
        }

        Segments.Sort((a, b) => a.Base.CompareTo(b.Base));
    }

    // A segment is below the start when the next begins at or below it. An output to swap in covers others and stays.
    private void DropBelow(long startOffset)
    {
        while (Segments.Count > 1 && Segments[1].Base <= startOffset && !swaps.Exists(s => s.Base == Segments[0].Base))
        {
            leftovers.Add(Segments[0].Name);
            Segments.RemoveAt(0);
        }
    }
}
