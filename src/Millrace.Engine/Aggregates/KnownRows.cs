using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>Leaves out the rows whose value is NULL. Owns its scratch memory.</summary>
internal sealed class KnownRows
{
    private int[] knownGroups = [];
    private int[] knownRows = [];

    /// <summary>Replaces groups and rows by those whose value is not NULL; good until the next call.</summary>
    public void Select(ColumnVector column, ref ReadOnlySpan<int> groups, ref ReadOnlySpan<int> rows)
    {
        if (!column.HasNulls)
        {
            return;
        }

        GroupArray.Ensure(ref knownGroups, rows.Length);
        GroupArray.Ensure(ref knownRows, rows.Length);
        int count = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            // No jump: which rows are NULL cannot be guessed.
            knownGroups[count] = groups[i];
            knownRows[count] = rows[i];
            count += (int)column.ValidBit(rows[i]);
        }

        groups = knownGroups.AsSpan(0, count);
        rows = knownRows.AsSpan(0, count);
    }
}
