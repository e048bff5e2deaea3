namespace Millrace.Storage.Folders;

/// <summary>A tail that recovery cut from a partition: not in the ledger, or covered by no completed step.</summary>
/// <param name="EndOffset">The partition's end offset after the cut.</param>
/// <param name="Bytes">Bytes cut, whole and torn batches together.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record TailCut(string Topic, int Partition, long EndOffset, long Bytes, string Reason);
