using Millrace.Data;
using Millrace.Engine.Expressions;
using Millrace.Engine.Flow;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>Runs <see cref="Filter"/>: keeps the rows whose predicate is TRUE.</summary>
internal sealed class FilterOperator : RowOperator
{
    private readonly Kernel predicate;
    private readonly bool[] needed;
    private readonly FlowBatch output;

    /// <param name="node">The filter.</param>
    /// <param name="needed">Which columns operators above read.</param>
    /// <param name="lane">The worker's lane.</param>
    public FilterOperator(Filter node, bool[] needed, Lane lane)
        : base(lane)
    {
        predicate = ExpressionCompiler.Compile(node.Predicate);
        this.needed = needed;
        output = new FlowBatch(node.Schema);
    }

    public override FlowBatch Process(FlowBatch input)
    {
        int[] kept = Lane.Indexes(input.Count);
        int count = Evaluate(predicate, input, Lane, kept);
        if (count == input.Count)
        {
            return input;
        }

        FlowGather.Select(input, kept.AsSpan(0, count), output, needed);
        return output;
    }

    /// <summary>Writes the rows for which the predicate is TRUE, ascending, and returns how many; failures are
    /// reported.</summary>
    public static int Evaluate(Kernel predicate, FlowBatch input, Lane lane, int[] kept)
    {
        lane.Mask.SetAll(input.Count);
        lane.Failures.Clear();
        ColumnVector verdict = predicate.Evaluate(input.Rows, lane.Mask, lane.Failures);
        lane.Mask.KeepTrue(verdict);
        int count = lane.Mask.CopyIndexesTo(kept);
        if (lane.Failures.IsEmpty)
        {
            return count;
        }

        lane.ReportFailures(input);
        int good = 0;
        for (int i = 0; i < count; i++)
        {
            kept[good] = kept[i];
            good += lane.Failures.Contains(kept[i]) ? 0 : 1;
        }

        return good;
    }
}
