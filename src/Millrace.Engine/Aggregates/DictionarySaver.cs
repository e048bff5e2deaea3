using System.Runtime.CompilerServices;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Writes a dictionary's strings to a snapshot, each with its number, in slices between steps and before all groups: of
/// these only the numbers are written, as they are. A snapshot that builds upon another has the strings that came
/// since.
/// </summary>
/// <remarks>
/// Until all groups are written, those of windows that have closed meanwhile are kept, and with them their strings. So
/// nobody needs one that is forgotten before it is written.
/// </remarks>
internal sealed class DictionarySaver(ValueDictionary values)
{
    private const int BlockBytes = 64 << 10;

    private readonly SnapshotWriter writer = new();
    private readonly SnapshotMarks marks = new();
    private (int Part, int Owner, int Kind) place;
    private int next;
    private int end;

    public long StateBytes => marks.StateBytes;

    /// <summary>Whether the snapshot has all that it shall have.</summary>
    public bool IsDone => next == end;

    /// <summary>A number has a string from now on.</summary>
    public void Add(int id)
    {
        marks.Add(id);
        marks.Touch(id);
    }

    /// <summary>A number has no string any more.</summary>
    public void Remove(int id) => marks.Remove(id);

    /// <param name="part">The number of the part of the state.</param>
    /// <param name="owner">The number of the worker.</param>
    /// <param name="kind">The kind of the blocks, by which their reader tells dictionaries apart.</param>
    /// <param name="isFull">Everything; else what came since the last time.</param>
    public void Begin(int part, int owner, int kind, bool isFull)
    {
        place = (part, owner, kind);
        (next, end) = (0, values.Bound);
        marks.Begin(isFull);
    }

    /// <summary>Writes about so many bytes more; returns how many. To look at a number counts as one.</summary>
    public int Advance(int maxBytes, ISnapshotSink sink)
    {
        int written = 0;
        while (!IsDone && written < maxBytes)
        {
            written += WriteBlock(maxBytes - written);
            written += writer.DrainTo(sink);
        }

        return written;
    }

    /// <summary>Takes all ways that a snapshot will take, with no string.</summary>
    public void Rehearse()
    {
        BeginBlock();
        WriteBlock(most: 0);
        writer.EndBlock();
    }

    public void End()
    {
        marks.End();
        writer.Clear();
        (next, end) = (0, 0);
    }

    /// <summary>Looks at so many numbers at most; returns how many they were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int WriteBlock(int most)
    {
        int first = next;
        int before = -1;
        for (; next < end && next - first < most && writer.Length < BlockBytes; next++)
        {
            if (!marks.TryTake(next))
            {
                continue;
            }

            if (before < 0)
            {
                BeginBlock();
                before = 0;
            }

            writer.Signed(next - before);
            writer.Bytes(values.Get(next));
            before = next;
        }

        if (before >= 0)
        {
            writer.EndBlock();
        }

        return next - first;
    }

    private void BeginBlock()
    {
        writer.BeginBlock(BlockKind.State);
        writer.Count(place.Part);
        writer.Count(place.Owner);
        writer.Count(place.Kind);
    }
}
