namespace Millrace.Engine;

/// <summary>What one operator of a model keeps now.</summary>
/// <param name="Name">Which one, unique within the model: <c>window 0</c>, <c>versions 0</c>.</param>
/// <param name="Kind">What it is: <c>WindowAggregate</c>, <c>TemporalJoin</c>.</param>
/// <param name="Rows">Groups of open windows, or versions.</param>
/// <param name="StateBytes">Bytes of memory, about.</param>
public sealed record OperatorStatistics(string Name, string Kind, long Rows, long StateBytes);
