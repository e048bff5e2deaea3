using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Aggregates;

/// <summary>Makes the accumulators of an aggregate operator.</summary>
public static class AccumulatorFactory
{
    /// <summary>
    /// One accumulator per call, for one worker. All calls of an operator are given at once, because Flink evaluates AVG differently
    /// beside SUM and COUNT of the same column.
    /// </summary>
    /// <param name="calls">The operator's calls, in order.</param>
    /// <param name="input">The operator's input, whose columns the calls name.</param>
    /// <param name="isKeyed">Whether there are group keys (not counting a window).</param>
    public static Accumulator[] Create(IReadOnlyList<AggregateCall> calls, Schema input, bool isKeyed) =>
        [.. calls.Select(c => Create(c, c.Argument is null ? null : input.Columns[c.Argument.Index].Type))];

    private static Accumulator Create(AggregateCall call, SqlType? argument) =>
        throw new NotSupportedException($"no accumulator for {call} over {argument}");
}
