namespace Millrace.Oracle.Inputs;

/// <summary>A record of one of the seed's two sources; its place in a list is its place in the append order.</summary>
/// <param name="IsProduct">Whether it goes to <c>products</c>; else to <c>clickstream</c>.</param>
/// <param name="Line">The JSON.</param>
/// <param name="TimestampMs">The timestamp that the log gives it; for a product the time from which it holds.</param>
public sealed record InputRecord(bool IsProduct, string Line, long TimestampMs);
