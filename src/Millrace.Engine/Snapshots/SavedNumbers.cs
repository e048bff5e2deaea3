using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Engine.Snapshots;

/// <summary>
/// The numbers 0, 1, 2, … that values of a dictionary get in a snapshot, in the order in which blocks first have them:
/// so each value is in the snapshot once, before it is used. Belongs to one <see cref="SnapshotWriter"/>.
/// </summary>
internal sealed class SavedNumbers
{
    private readonly List<int> added = [];
    private int[] numbers = [];
    private int count;

    /// <summary>How many there are now.</summary>
    public int Count => count;

    /// <summary>Gives numbers to those keys that have none; returns these keys, good until the next call.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="bound">All keys are below it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<int> Add(ReadOnlySpan<int> keys, int bound)
    {
        added.Clear();
        if (numbers.Length < bound)
        {
            Array.Resize(ref numbers, Math.Max(bound, numbers.Length * 2));
        }

        foreach (int key in keys)
        {
            if (numbers[key] == 0)
            {
                numbers[key] = ++count;
                added.Add(key);
            }
        }

        return CollectionsMarshal.AsSpan(added);
    }

    /// <summary>The number of a key that was added.</summary>
    public int this[int key] => numbers[key] - 1;
}
