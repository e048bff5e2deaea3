using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Engine.Aggregates;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;

namespace Millrace.Engine.Operators;

/// <summary>
/// Writes an owner's groups to a snapshot: in slices between steps, window by window; and, whatever a step is about to
/// change, before. A block has the owner's number, 0, and groups of any windows, in columns: ends, keys, then each
/// accumulator's own. What groups share comes before all of them, in blocks with another number than 0.
/// </summary>
internal sealed class WindowGroupSaver(Accumulator[] accumulators, int owner)
{
    /// <summary>The number of a block of groups; others are what groups share, of that accumulator of those that share
    /// something.</summary>
    public const int Groups = 0;

    private const int MostGroups = 1024;

    // What a block has, about: so little that no part of it leaves the cache before it is on its way.
    private const int BlockBytes = 64 << 10;

    // What looking at a group that need not be written costs, as if it were bytes.
    private const int LookBytes = 4;

    // Of a group's bytes, rather too many: the first block must not be a large one.
    private const int FirstGuess = 4096;

    private readonly SnapshotWriter writer = new();
    private readonly DictionarySaver[] shared = [.. accumulators.Select(a => a.Shared).OfType<DictionarySaver>()];
    private readonly List<(WindowGroups Window, int Group)> chosen = [];
    private int[] slots = [];
    private WindowGroups[] windows = [];
    private int window;
    private int group;
    private int part;
    private int bytesPerGroup = FirstGuess;

    /// <summary>The slots that changed, and those to be written.</summary>
    public SnapshotMarks Marks { get; } = new();

    /// <summary>How many groups the snapshot has still to look at.</summary>
    public long Left
    {
        get
        {
            long left = -group;
            for (int w = window; w < windows.Length; w++)
            {
                left += windows[w].Count;
            }

            return left;
        }
    }

    public void Begin(int number, bool isFull, IEnumerable<WindowGroups> open)
    {
        part = number;
        windows = [.. open];
        (window, group) = (0, 0);
        bytesPerGroup = FirstGuess;
        Marks.Begin(isFull);
        for (int s = 0; s < shared.Length; s++)
        {
            shared[s].Begin(number, owner, Groups + 1 + s, isFull);
        }
    }

    /// <summary>Whether groups of the window may have to be written yet: it must not be emptied.</summary>
    public bool Keeps(WindowGroups candidate) =>
        Marks.IsSaving && Array.IndexOf(windows, candidate, window) >= 0;

    /// <summary>Takes a group for <see cref="WriteChosen"/>, before it changes.</summary>
    public void Choose(WindowGroups ofWindow, int number) => chosen.Add((ofWindow, number));

    /// <summary>Writes what was chosen as it is now. On the owner's thread.</summary>
    public void WriteChosen()
    {
        ReadOnlySpan<(WindowGroups Window, int Group)> left = CollectionsMarshal.AsSpan(chosen);
        while (!left.IsEmpty)
        {
            int count = Math.Min(left.Length, Math.Clamp(BlockBytes / bytesPerGroup, 1, MostGroups));
            WriteBlock(left[..count]);
            left = left[count..];
        }

        chosen.Clear();
    }

    /// <summary>Gives to the sink what was written before changes, about so many bytes; what groups share goes
    /// before.</summary>
    public int Drain(int maxBytes, ISnapshotSink sink) =>
        Array.TrueForAll(shared, s => s.IsDone) ? writer.DrainTo(sink, maxBytes) : 0;

    /// <summary>Writes on what groups share.</summary>
    public int AdvanceShared(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = 0;
        foreach (DictionarySaver saver in shared)
        {
            written += saver.Advance(maxBytes - written, sink);
        }

        isDone = Array.TrueForAll(shared, s => s.IsDone);
        return written;
    }

    /// <summary>Gives to the sink what was written before changes, and writes on; done when the sink has
    /// everything.</summary>
    public int Advance(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = writer.DrainTo(sink, maxBytes);
        int looks = Math.Max(MostGroups, maxBytes / LookBytes);
        while (window < windows.Length && written < maxBytes && looks > 0)
        {
            int bytes = Math.Min(BlockBytes, maxBytes - written);
            ChooseMore(Math.Clamp(bytes / bytesPerGroup, 1, MostGroups), ref looks);
            WriteChosen();
            written += writer.DrainTo(sink, maxBytes - written);
        }

        isDone = window == windows.Length && writer.IsEmpty;
        return written;
    }

    /// <summary>Takes all ways that a snapshot will take, with no group.</summary>
    public void Rehearse()
    {
        int looks = 0;
        ChooseMore(0, ref looks);
        WriteBlock([]);
        Array.ForEach(shared, s => s.Rehearse());
    }

    public void End()
    {
        Marks.End();
        Array.ForEach(shared, s => s.End());
        writer.Clear();
        windows = [];
        (window, group) = (0, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ChooseMore(int most, ref int looks)
    {
        while (window < windows.Length && chosen.Count < most && looks > 0)
        {
            WindowGroups current = windows[window];
            ReadOnlySpan<int> all = current.Slots;
            for (; group < all.Length && chosen.Count < most && looks > 0; group++, looks--)
            {
                if (Marks.TryTake(all[group]))
                {
                    chosen.Add((current, group));
                }
            }

            if (group == all.Length)
            {
                (window, group) = (window + 1, 0);
            }
        }
    }

    private void WriteBlock(ReadOnlySpan<(WindowGroups Window, int Group)> groups)
    {
        GroupArray.Ensure(ref slots, groups.Length);
        writer.BeginBlock(BlockKind.State);
        writer.Count(part);
        writer.Count(owner);
        writer.Count(Groups);
        writer.Count(groups.Length);
        WriteEndsAndKeys(groups);
        foreach (Accumulator accumulator in accumulators)
        {
            accumulator.Save(slots.AsSpan(0, groups.Length), writer);
        }

        bytesPerGroup = Math.Max(1, writer.EndBlock() / Math.Max(1, groups.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteEndsAndKeys(ReadOnlySpan<(WindowGroups Window, int Group)> groups)
    {
        long end = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            (WindowGroups of, int number) = groups[i];
            slots[i] = of.Slots[number];
            writer.Signed(of.End - end);
            end = of.End;
        }

        foreach ((WindowGroups of, int number) in groups)
        {
            writer.Bytes(of.Keys.Key(number));
        }
    }
}
