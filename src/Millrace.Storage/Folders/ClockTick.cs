namespace Millrace.Storage.Folders;

/// <summary>A clock reading among the inputs: milliseconds since the epoch, at a position of its own.</summary>
public readonly record struct ClockTick(long Position, long ClockMs);
