namespace Millrace.Storage.Folders;

/// <summary>What a commit got: consecutive positions, in the order in which the records and ticks were added.</summary>
public readonly record struct CommitResult(long FirstPosition, long Count);
