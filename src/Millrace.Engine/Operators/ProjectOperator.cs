using Millrace.Engine.Expressions;
using Millrace.Engine.Flow;
using Millrace.Plans;

namespace Millrace.Engine.Operators;

/// <summary>Runs <see cref="Project"/>: computes columns. Bare columns are passed on, not copied.</summary>
internal sealed class ProjectOperator : RowOperator
{
    private readonly Kernel?[] kernels;
    private readonly FlowBatch computed;
    private readonly FlowBatch good;
    private readonly bool[] needed;

    /// <param name="node">The projection.</param>
    /// <param name="needed">Which of its columns operators above read; the others are not computed.</param>
    /// <param name="lane">The worker's lane.</param>
    public ProjectOperator(Project node, bool[] needed, Lane lane)
        : base(lane)
    {
        kernels = [.. node.Expressions.Select((e, i) => needed[i] ? ExpressionCompiler.Compile(e) : null)];
        computed = new FlowBatch(node.Schema);
        good = new FlowBatch(node.Schema);
        this.needed = needed;
    }

    public override FlowBatch Process(FlowBatch input)
    {
        Lane.Mask.SetAll(input.Count);
        Lane.Failures.Clear();
        for (int c = 0; c < kernels.Length; c++)
        {
            if (kernels[c] is { } kernel)
            {
                computed.Rows.Columns[c] = kernel.Evaluate(input.Rows, Lane.Mask, Lane.Failures);
            }
        }

        computed.Share(input);
        return Lane.Failures.IsEmpty ? computed : WithoutFailures(input);
    }

    private FlowBatch WithoutFailures(FlowBatch input)
    {
        Lane.ReportFailures(input);
        int[] kept = Lane.Indexes(input.Count);
        int count = 0;
        for (int row = 0; row < input.Count; row++)
        {
            kept[count] = row;
            count += Lane.Failures.Contains(row) ? 0 : 1;
        }

        FlowGather.Select(computed, kept.AsSpan(0, count), good, needed);
        return good;
    }
}
