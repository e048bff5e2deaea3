using Millrace.Data.Keys;
using Millrace.Engine.Aggregates;

namespace Millrace.Engine.State;

/// <summary>
/// The groups of one open window that one worker owns: from key bytes to slots of the worker's accumulators; and,
/// where live rows are looked up by a key column, from that column's raw bytes to the groups that have it.
/// </summary>
internal sealed class WindowGroups
{
    private readonly KeyTable liveKeys = new();
    private int[] slots = new int[32];
    private int[] liveNewest = [];
    private int[] liveOlder = [];

    /// <summary>The window's end: wall time in the session zone for a row time with one.</summary>
    public long End { get; private set; }

    public KeyTable Keys { get; } = new();

    public int Count { get; private set; }

    /// <summary>Per group its slot.</summary>
    public ReadOnlySpan<int> Slots => slots.AsSpan(0, Count);

    public long StateBytes => 
        Keys.StateBytes + liveKeys.StateBytes + (4L * (slots.Length + liveNewest.Length + liveOlder.Length));

    public void Begin(long end)
    {
        End = end;
        Count = 0;
        Keys.Clear();
        liveKeys.Clear();
    }

    /// <summary>Makes room for that many groups, and as many raw keys if they have any.</summary>
    public void EnsureCapacity(int groups, bool areLive)
    {
        Keys.EnsureCapacity(groups);
        GroupArray.Ensure(ref slots, groups);
        if (areLive)
        {
            liveKeys.EnsureCapacity(groups);
            GroupArray.Ensure(ref liveNewest, groups);
            GroupArray.Ensure(ref liveOlder, groups);
        }
    }

    /// <summary>Gives the newest group, number <see cref="Count"/>, its slot.</summary>
    public void Add(int slot)
    {
        if (Count == slots.Length)
        {
            Array.Resize(ref slots, slots.Length * 2);
        }

        slots[Count++] = slot;
    }

    /// <summary>Lets the newest groups go, at most so many; of a window that nobody looks up in any more. Gives their
    /// slots, good until a group is added.</summary>
    public ReadOnlySpan<int> RemoveLast(int most)
    {
        int removed = Math.Min(most, Count);
        Count -= removed;
        return slots.AsSpan(Count, removed);
    }

    /// <summary>Makes the newest group findable by a raw key.</summary>
    public void AddLive(ReadOnlySpan<byte> rawKey)
    {
        int group = Count - 1;
        int count = liveKeys.Count;
        int number = liveKeys.FindOrAdd(Hash64.Of(rawKey), rawKey);
        if (liveNewest.Length <= number)
        {
            Array.Resize(ref liveNewest, Math.Max(32, number * 2));
        }

        if (liveOlder.Length <= group)
        {
            Array.Resize(ref liveOlder, Math.Max(32, group * 2));
        }

        liveOlder[group] = number == count ? -1 : liveNewest[number];
        liveNewest[number] = group;
    }

    /// <summary>The first group of a raw key, or -1; the others by <see cref="NextLive"/>.</summary>
    public int FirstLive(ReadOnlySpan<byte> rawKey)
    {
        int number = liveKeys.Find(Hash64.Of(rawKey), rawKey);
        return number < 0 ? -1 : liveNewest[number];
    }

    public int NextLive(int group) => liveOlder[group];
}
