namespace Millrace.Storage.Segments;

/// <summary>
/// The segments of a partition, ascending. The writer adds at the end while retention and compaction take from the
/// front; readers take the list as it is at the moment. The lock covers memory only, never the disk.
/// </summary>
internal sealed class SegmentList
{
    private readonly Lock gate = new();
    private Segment[] items = [];

    public ReadOnlySpan<Segment> All => Volatile.Read(ref items);

    public Segment? Last => Volatile.Read(ref items) is [.., var last] ? last : null;

    public void Set(Segment[] all) => Volatile.Write(ref items, all);

    public void Add(Segment next)
    {
        lock (gate)
        {
            Volatile.Write(ref items, [.. items, next]);
        }
    }

    /// <summary>Takes out the segments that begin below an offset; returns them.</summary>
    public Segment[] RemoveBefore(long offset)
    {
        lock (gate)
        {
            Segment[] removed = [.. items.TakeWhile(segment => segment.BaseOffset < offset)];
            Volatile.Write(ref items, items[removed.Length..]);
            return removed;
        }
    }

    /// <summary>Takes out the segments behind one, or all; returns them.</summary>
    public Segment[] RemoveAfter(Segment? last)
    {
        lock (gate)
        {
            int kept = last is null ? 0 : Array.IndexOf(items, last) + 1;
            Segment[] removed = items[kept..];
            Volatile.Write(ref items, items[..kept]);
            return removed;
        }
    }

    /// <summary>Puts one segment in the place of consecutive ones, which must be there.</summary>
    public void Replace(ReadOnlySpan<Segment> old, Segment next)
    {
        lock (gate)
        {
            int at = Array.IndexOf(items, old[0]);
            if (at < 0 || !items.AsSpan(at, old.Length).SequenceEqual(old))
            {
                throw new InvalidOperationException("the segments to replace are not in the list");
            }

            Volatile.Write(ref items, [.. items[..at], next, .. items[(at + old.Length)..]]);
        }
    }
}
