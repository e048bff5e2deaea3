using System.Runtime.CompilerServices;

namespace Millrace.Engine.Snapshots;

/// <summary>
/// Of many numbered things (groups, keys) three bits each: whether it is there, whether it has changed since the last
/// snapshot began, and whether the one that is being written has still to take it. To begin one is to swap two arrays.
/// </summary>
internal sealed class SnapshotMarks
{
    private ulong[] there = [];
    private ulong[] changed = [];
    private ulong[] pending = [];

    /// <summary>Whether a snapshot is being written.</summary>
    public bool IsSaving { get; private set; }

    public long StateBytes => 3L * there.Length * sizeof(ulong);

    /// <summary>Says that the thing is there from now on.</summary>
    public void Add(int number)
    {
        int word = number >> 6;
        if (word >= there.Length)
        {
            int size = Math.Max(word + 1, Math.Max(4, there.Length * 2));
            Array.Resize(ref there, size);
            Array.Resize(ref changed, size);
            Array.Resize(ref pending, size);
        }

        there[word] |= 1UL << number;
    }

    /// <summary>Says that the thing is gone; its number may be given out again.</summary>
    public void Remove(int number)
    {
        ulong others = ~(1UL << number);
        there[number >> 6] &= others;
        changed[number >> 6] &= others;
        pending[number >> 6] &= others;
    }

    /// <summary>Marks a thing as changed; true when the snapshot that is being written must take it first, which it
    /// then counts as taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Touch(int number)
    {
        changed[number >> 6] |= 1UL << number;
        return IsSaving && TryTake(number);
    }

    /// <summary>Whether the snapshot has still to take the thing, which it then counts as taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(int number)
    {
        ref ulong word = ref pending[number >> 6];
        ulong bit = 1UL << number;
        bool isPending = (word & bit) != 0;
        word &= ~bit;
        return isPending;
    }

    /// <summary>Begins a snapshot of all things, or of those that changed since the last one began.</summary>
    public void Begin(bool isFull)
    {
        IsSaving = true;
        if (isFull)
        {
            there.CopyTo(pending, 0);
            Array.Clear(changed);
        }
        else
        {
            (changed, pending) = (pending, changed);
        }
    }

    /// <summary>Ends it, complete or not.</summary>
    public void End()
    {
        IsSaving = false;
        Array.Clear(pending);
    }

    /// <summary>Says that all things are as the last snapshot has them.</summary>
    public void Settle() => Array.Clear(changed);
}
