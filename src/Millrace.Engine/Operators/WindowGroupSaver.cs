using Millrace.Engine.Aggregates;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;

namespace Millrace.Engine.Operators;

/// <summary>
/// Writes an owner's groups to a snapshot: in slices between steps, window by window; and, whatever a step is about to
/// change, before. A block has groups of any windows, in columns: ends, keys, then each accumulator's own.
/// </summary>
internal sealed class WindowGroupSaver(Accumulator[] accumulators)
{
    private const int MostGroups = 1024;

    // What looking at a group that need not be written costs, as if it were bytes.
    private const int LookBytes = 4;

    private readonly SnapshotWriter writer = new();
    private readonly List<(WindowGroups Window, int Group)> chosen = [];
    private int[] slots = [];
    private WindowGroups[] windows = [];
    private int window;
    private int group;
    private int part;
    private int bytesPerGroup = 64;

    /// <summary>The slots that changed, and those to be written.</summary>
    public SnapshotMarks Marks { get; } = new();

    public void Begin(int number, bool isFull, IEnumerable<WindowGroups> open)
    {
        part = number;
        windows = [.. open];
        (window, group) = (0, 0);
        Marks.Begin(isFull);
    }

    /// <summary>Whether groups of the window may have to be written yet: it must not be emptied.</summary>
    public bool Keeps(WindowGroups candidate) =>
        Marks.IsSaving && Array.IndexOf(windows, candidate, window) >= 0;

    /// <summary>Takes a group for <see cref="WriteChosen"/>, before it changes.</summary>
    public void Choose(WindowGroups ofWindow, int number) => chosen.Add((ofWindow, number));

    /// <summary>Writes what was chosen as it is now. On the owner's thread.</summary>
    public void WriteChosen()
    {
        if (chosen.Count == 0)
        {
            return;
        }

        int before = writer.Length;
        GroupArray.Ensure(ref slots, chosen.Count);
        writer.BeginBlock(BlockKind.State);
        writer.Count(part);
        writer.Count(chosen.Count);
        WriteEndsAndKeys();
        foreach (Accumulator accumulator in accumulators)
        {
            accumulator.Save(slots.AsSpan(0, chosen.Count), writer);
        }

        writer.EndBlock();
        bytesPerGroup = Math.Max(1, (writer.Length - before) / chosen.Count);
        chosen.Clear();
    }

    /// <summary>Gives to the sink what was written before a change, then writes on.</summary>
    public int Advance(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = writer.DrainTo(sink);
        int looks = Math.Max(MostGroups, maxBytes / LookBytes);
        while (window < windows.Length && written < maxBytes && looks > 0)
        {
            ChooseMore(Math.Clamp((maxBytes - written) / bytesPerGroup, 1, MostGroups), ref looks);
            WriteChosen();
            written += writer.DrainTo(sink);
        }

        isDone = window == windows.Length;
        return written;
    }

    public void End()
    {
        Marks.End();
        writer.Clear();
        windows = [];
        window = 0;
    }

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

    private void WriteEndsAndKeys()
    {
        long end = 0;
        for (int i = 0; i < chosen.Count; i++)
        {
            (WindowGroups of, int number) = chosen[i];
            slots[i] = of.Slots[number];
            writer.Signed(of.End - end);
            end = of.End;
        }

        foreach ((WindowGroups of, int number) in chosen)
        {
            writer.Bytes(of.Keys.Key(number));
        }
    }
}
