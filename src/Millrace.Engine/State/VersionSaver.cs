using System.Runtime.CompilerServices;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.State;

/// <summary>
/// Writes a store's keys, each with all its versions, to a snapshot: in slices between steps; and a key that a step is
/// about to change before. Every key is looked at, because left rows that met its versions leave no other mark.
/// </summary>
internal sealed class VersionSaver(VersionStore store)
{
    private const int MostKeys = 512;

    // What looking at a key that need not be written costs, as if it were bytes.
    private const int LookBytes = 8;

    // Of a key's bytes, rather too many: the first block must not be a large one.
    private const int FirstGuess = 1024;

    private readonly SnapshotWriter writer = new();
    private readonly SnapshotMarks changed = new();
    private readonly List<int> chosen = [];
    private bool isFull;
    private bool[] isUnseen = [];
    private int count;
    private int next;
    private int part;
    private int bytesPerKey = FirstGuess;

    public long StateBytes => changed.StateBytes + isUnseen.LongLength;

    /// <summary>How many keys the snapshot has still to look at.</summary>
    public int Left => count - next;

    public void Add(int number) => changed.Add(number);

    public void Settle() => changed.Settle();

    public void Begin(int number, bool full)
    {
        (part, isFull, next, count) = (number, full, 0, store.KeyCount);
        bytesPerKey = FirstGuess;
        isUnseen = isUnseen.Length < count ? new bool[count * 2] : isUnseen;
        isUnseen.AsSpan(0, count).Fill(true);
        changed.Begin(full);
    }

    /// <summary>A key is about to change: what it was is written first.</summary>
    public void Touch(int number)
    {
        bool mustWrite = changed.Touch(number);
        if (number < count && isUnseen[number])
        {
            Look(number, mustWrite);
            WriteChosen();
        }
    }

    /// <summary>Takes all ways that a snapshot will take, with no key.</summary>
    public void Rehearse() => WriteBlock();

    /// <summary>Gives to the sink what was written before changes, about so many bytes.</summary>
    public int Drain(int maxBytes, ISnapshotSink sink) => writer.DrainTo(sink, maxBytes);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Advance(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        int written = writer.DrainTo(sink, maxBytes);
        int looks = Math.Max(MostKeys, maxBytes / LookBytes);
        while (next < count && written < maxBytes && looks > 0)
        {
            int most = Math.Clamp((maxBytes - written) / bytesPerKey, 1, MostKeys);
            for (; next < count && chosen.Count < most && looks > 0; next++, looks--)
            {
                if (isUnseen[next])
                {
                    Look(next, changed.TryTake(next));
                }
            }

            WriteChosen();
            written += writer.DrainTo(sink, maxBytes - written);
        }

        isDone = next == count && writer.IsEmpty;
        return written;
    }

    /// <summary>Ends the snapshot. One that was not complete still leaves all joined times settled.</summary>
    public void End()
    {
        for (; next < count; next++)
        {
            if (isUnseen[next])
            {
                store.SettleJoined(next);
            }
        }

        changed.End();
        chosen.Clear();
        writer.Clear();
        count = 0;
    }

    private void Look(int number, bool mustWrite)
    {
        isUnseen[number] = false;
        if (store.SettleJoined(number) | mustWrite | isFull)
        {
            chosen.Add(number);
        }
    }

    private void WriteChosen()
    {
        if (chosen.Count > 0)
        {
            WriteBlock();
        }
    }

    private void WriteBlock()
    {
        writer.BeginBlock(BlockKind.State);
        writer.Count(part);
        store.Save(chosen, writer);
        bytesPerKey = Math.Max(1, writer.EndBlock() / Math.Max(1, chosen.Count));
        chosen.Clear();
    }
}
