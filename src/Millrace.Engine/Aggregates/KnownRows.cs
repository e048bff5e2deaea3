using System.Runtime.CompilerServices;
using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>Leaves out the rows whose value is NULL. Owns its scratch memory.</summary>
internal sealed class KnownRows
{
    private int[] knownGroups = [];
    private int[] knownRows = [];

    /// <summary>Replaces groups and rows by those whose value is not NULL; good until the next call.</summary>
    /// <remarks>Inlined, so that the caller's spans need no address and stay in registers.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Select(ColumnVector column, ref ReadOnlySpan<int> groups, ref ReadOnlySpan<int> rows)
    {
        if (column.HasNulls)
        {
            int count = Select(column, groups, rows);
            groups = knownGroups.AsSpan(0, count);
            rows = knownRows.AsSpan(0, count);
        }
    }

    private int Select(ColumnVector column, ReadOnlySpan<int> groups, ReadOnlySpan<int> rows)
    {
        GroupArray.Ensure(ref knownGroups, rows.Length);
        GroupArray.Ensure(ref knownRows, rows.Length);
        int[] toGroups = knownGroups;
        int[] toRows = knownRows;
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            // No jump: which rows are NULL cannot be guessed.
            toGroups[count] = groups[i];
            toRows[count] = rows[i];
            count += (int)column.ValidBit(rows[i]);
        }

        return count;
    }
}
