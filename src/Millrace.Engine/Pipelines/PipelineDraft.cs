using Millrace.Engine.Flow;
using Millrace.Engine.Operators;
using Millrace.Plans;

namespace Millrace.Engine.Pipelines;

/// <summary>One operator of a segment, to be made for each lane.</summary>
/// <param name="Node">The plan node.</param>
/// <param name="Needed">Which of its columns operators above read.</param>
/// <param name="Create">Makes it for a lane.</param>
internal sealed record OperatorDraft(PlanNode Node, bool[] Needed, Func<Lane, RowOperator> Create);

/// <summary>A window aggregate between two segments.</summary>
/// <param name="Node">The plan node.</param>
/// <param name="Needed">Which of its columns operators above read.</param>
/// <param name="LiveKey">The input column by which live rows are looked up, or -1.</param>
internal sealed record WindowDraft(WindowAggregate Node, bool[] Needed, int LiveKey);

/// <summary>A pipeline as the compiler lays it out, from the scan up.</summary>
internal sealed class PipelineDraft
{
    /// <summary>The index of the topic that it reads.</summary>
    public int Topic { get; set; } = -1;

    /// <summary>Row operators, a list more than there are windows.</summary>
    public List<List<OperatorDraft>> Segments { get; } = [[]];

    public List<WindowDraft> Windows { get; } = [];

    public void Add(OperatorDraft draft) => Segments[^1].Add(draft);

    public void Add(WindowDraft draft)
    {
        Windows.Add(draft);
        Segments.Add([]);
    }
}
