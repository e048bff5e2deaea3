namespace Millrace.Storage.Tests.Cleaning;

/// <summary>An input as <see cref="CleaningLife"/> remembers it; what it expects to read at the position.</summary>
/// <param name="Key">Null: none.</param>
/// <param name="Value">Null: a tombstone.</param>
internal sealed record LifeInput(string Topic, int Partition, long Offset, long Timestamp, string? Key, string? Value);
