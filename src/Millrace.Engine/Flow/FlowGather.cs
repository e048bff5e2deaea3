using Millrace.Data;

namespace Millrace.Engine.Flow;

/// <summary>Selects rows of a flow into another one, column by column; texts keep their buffers.</summary>
internal static class FlowGather
{
    /// <summary>Fills the target with those rows of the source. Columns that nobody needs above are left
    /// empty.</summary>
    public static void Select(FlowBatch source, ReadOnlySpan<int> rows, FlowBatch target, ReadOnlySpan<bool> needed)
    {
        Batch from = source.Rows;
        Batch to = target.Rows;
        to.Count = rows.Length;
        for (int c = 0; c < to.Columns.Length; c++)
        {
            if (needed[c])
            {
                VectorGather.Gather(from.Columns[c], rows, to.Columns[c]);
            }
        }

        SelectMarks(source, rows, target);
    }

    /// <summary>The same without the columns.</summary>
    public static void SelectMarks(FlowBatch source, ReadOnlySpan<int> rows, FlowBatch target)
    {
        Batch from = source.Rows;
        Batch to = target.Rows;
        to.Count = rows.Length;
        to.EnsurePositions(rows.Length);
        target.UseOwn(rows.Length, source.Times is not null);
        VectorGather.Values(from.Positions, rows, to.Positions);
        VectorGather.Values(source.Events, rows, target.Events);
        if (source.Times is not null)
        {
            VectorGather.Values(source.Times, rows, target.Times!);
        }

        to.IsInsertOnly = from.IsInsertOnly;
        if (!from.IsInsertOnly)
        {
            to.UseKinds(rows.Length);
            VectorGather.Values(from.Kinds, rows, to.Kinds);
        }
    }
}
