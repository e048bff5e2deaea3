using System.Runtime.CompilerServices;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Rows with their groups and keys, chosen from others without a jump: each is put where the next one goes, and the
/// next one goes elsewhere only if it counts. Reused; not thread-safe.
/// </summary>
internal sealed class RowList<T>
    where T : unmanaged
{
    private int[] groups = [];
    private T[] keys = [];
    private int[] rows = [];

    /// <summary>How many rows count.</summary>
    public int Count { get; set; }

    public ReadOnlySpan<int> Groups => groups.AsSpan(0, Count);

    public ReadOnlySpan<T> Keys => keys.AsSpan(0, Count);

    public ReadOnlySpan<int> Rows => rows.AsSpan(0, Count);

    /// <summary>Makes room for that many rows, and one that does not count.</summary>
    public void EnsureCapacity(int most)
    {
        GroupArray.Ensure(ref groups, most + 1);
        GroupArray.Ensure(ref keys, most + 1);
        GroupArray.Ensure(ref rows, most + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int at, int group, T key, int row)
    {
        groups[at] = group;
        keys[at] = key;
        rows[at] = row;
    }
}
