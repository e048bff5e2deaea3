using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Engine.Flow;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>
/// Runs <see cref="Filter"/> over versions. Above a table with a declared key it drops rows that don't pass; deletions
/// always do. Above a keep-last view it does what Flink does there: whatever the filter says of a row, the row replaces
/// the version before it, whose retraction carries that version's own time and so wipes it out. Rows that pass go on as
/// <see cref="RowKind.UpdateAfter"/>, rows that don't and deletions as <see cref="RowKind.UpdateBefore"/>.
/// </summary>
internal sealed class VersionFilterOperator : RowOperator
{
    private readonly Kernel predicate;
    private readonly bool replaces;
    private readonly bool[] needed;
    private readonly FlowBatch output;
    private readonly FlowBatch selected;

    /// <param name="node">The filter.</param>
    /// <param name="replaces">Whether it stands above a keep-last view.</param>
    /// <param name="needed">Which columns operators above read.</param>
    /// <param name="lane">The worker's lane.</param>
    public VersionFilterOperator(Filter node, bool replaces, bool[] needed, Lane lane)
        : base(lane)
    {
        predicate = ExpressionCompiler.Compile(node.Predicate);
        this.replaces = replaces;
        this.needed = needed;
        output = new FlowBatch(node.Schema);
        selected = new FlowBatch(node.Schema);
    }

    public override FlowBatch Process(FlowBatch input)
    {
        int[] kept = Lane.Indexes(input.Count);
        int count = FilterOperator.Evaluate(predicate, input, Lane, kept);
        return replaces ? Replace(input, kept, count) : Drop(input, kept.AsSpan(0, count).ToArray());
    }

    private FlowBatch Replace(FlowBatch input, int[] kept, int count)
    {
        input.Rows.Columns.CopyTo(output.Rows.Columns, 0);
        output.Share(input);
        output.Rows.UseKinds(input.Count);
        RowKind[] kinds = output.Rows.Kinds;
        int next = 0;
        for (int row = 0; row < input.Count; row++)
        {
            bool passes = next < count && kept[next] == row;
            next += passes ? 1 : 0;
            bool isRow = KindOf(input, row) is RowKind.Insert or RowKind.UpdateAfter;
            kinds[row] = passes && isRow ? RowKind.UpdateAfter : RowKind.UpdateBefore;
        }

        return output;
    }

    private FlowBatch Drop(FlowBatch input, ReadOnlySpan<int> passed)
    {
        int[] kept = Lane.Indexes(input.Count);
        int count = 0;
        for (int row = 0; row < input.Count; row++)
        {
            kept[count] = row;
            count += passed.BinarySearch(row) >= 0 || KindOf(input, row) == RowKind.Delete ? 1 : 0;
        }

        FlowGather.Select(input, kept.AsSpan(0, count), selected, needed);
        return selected;
    }

    private static RowKind KindOf(FlowBatch input, int row) =>
        input.Rows.IsInsertOnly ? RowKind.Insert : input.Rows.Kinds[row];
}
