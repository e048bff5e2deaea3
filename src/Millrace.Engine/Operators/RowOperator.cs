using Millrace.Engine.Flow;

namespace Millrace.Engine.Operators;

/// <summary>
/// An operator that looks at each row for itself and keeps no state of its own: a worker runs it over its slice. The
/// result is good until the next call; it may be the input. Rows that fail are reported to the lane and dropped.
/// </summary>
internal abstract class RowOperator(Lane lane)
{
    protected Lane Lane { get; } = lane;

    /// <summary>Processes a batch that is not empty.</summary>
    public abstract FlowBatch Process(FlowBatch input);
}
