namespace Millrace.Simulation.Reference;

/// <summary>A record of a topic; its offset is its place.</summary>
internal sealed record TopicRecord(long TimeMs, string? Key, string? Value);

/// <summary>A record with the position of the log's entry that caused it.</summary>
internal readonly record struct CausedRecord(long Position, TopicRecord Record);
