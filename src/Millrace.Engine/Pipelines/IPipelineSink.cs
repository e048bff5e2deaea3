using Millrace.Engine.Flow;

namespace Millrace.Engine.Pipelines;

/// <summary>Where a pipeline's rows go.</summary>
internal interface IPipelineSink
{
    /// <summary>Whether rows of a round must all be given at once, because somebody reads them as a whole.</summary>
    bool NeedsWholeRound { get; }

    /// <summary>Takes a lane's rows; null for none. Lanes call at once, each for itself.</summary>
    void Accept(int lane, FlowBatch? rows);

    /// <summary>All lanes have given their part: the rows of lane 0, then 1, … are the next in order.</summary>
    void Complete();
}
