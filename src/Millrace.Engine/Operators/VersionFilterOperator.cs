using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Engine.Flow;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// Runs <see cref="Filter"/> over versions, as Flink does above a keep-last view: whatever the filter says of a row,
/// the row replaces the version before it, whose retraction carries that version's own time and so wipes it out. Rows
/// that pass go on as
/// <see cref="RowKind.UpdateAfter"/>, rows that don't and deletions as <see cref="RowKind.UpdateBefore"/>.
/// </summary>
internal sealed class VersionFilterOperator : RowOperator
{
    private readonly Kernel predicate;
    private readonly FlowBatch output;

    public VersionFilterOperator(Filter node, Lane lane)
        : base(lane)
    {
        predicate = ExpressionCompiler.Compile(node.Predicate);
        output = new FlowBatch(node.Schema);
    }

    public override FlowBatch Process(FlowBatch input)
    {
        int[] kept = Lane.Indexes(input.Count);
        int count = FilterOperator.Evaluate(predicate, input, Lane, kept);
        input.Rows.Columns.CopyTo(output.Rows.Columns, 0);
        output.Share(input);
        bool fromInserts = input.Rows.IsInsertOnly;
        output.Rows.UseKinds(input.Count);
        RowKind[] kinds = output.Rows.Kinds;
        int next = 0;
        for (int row = 0; row < input.Count; row++)
        {
            bool passes = next < count && kept[next] == row;
            next += passes ? 1 : 0;
            bool isRow = fromInserts || input.Rows.Kinds[row] is RowKind.Insert or RowKind.UpdateAfter;
            kinds[row] = passes && isRow ? RowKind.UpdateAfter : RowKind.UpdateBefore;
        }

        return output;
    }
}
