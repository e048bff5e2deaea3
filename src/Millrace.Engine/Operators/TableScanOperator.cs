using Millrace.Data;
using Millrace.Engine.Flow;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>Runs <see cref="TableScan"/> of a stream: a record with a null value says nothing there and is
/// skipped.</summary>
internal sealed class TableScanOperator : RowOperator
{
    private readonly FlowBatch output;
    private readonly bool[] needed;

    /// <param name="node">The scan.</param>
    /// <param name="needed">Which columns operators above read.</param>
    /// <param name="lane">The worker's lane.</param>
    public TableScanOperator(TableScan node, bool[] needed, Lane lane)
        : base(lane)
    {
        output = new FlowBatch(node.Schema);
        this.needed = needed;
    }

    public override FlowBatch Process(FlowBatch input)
    {
        if (input.Rows.IsInsertOnly)
        {
            return input;
        }

        int[] kept = Lane.Indexes(input.Count);
        int count = 0;
        for (int row = 0; row < input.Count; row++)
        {
            kept[count] = row;
            count += input.Rows.Kinds[row] == RowKind.Insert ? 1 : 0;
        }

        FlowGather.Select(input, kept.AsSpan(0, count), output, needed);
        output.Rows.IsInsertOnly = true;
        return output;
    }
}
