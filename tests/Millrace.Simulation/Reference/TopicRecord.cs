namespace Millrace.Simulation.Reference;

/// <summary>A record of a topic; its offset is its place.</summary>
internal sealed record TopicRecord(long TimeMs, string? Key, string? Value);
