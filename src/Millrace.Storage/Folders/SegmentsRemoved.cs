namespace Millrace.Storage.Folders;

/// <summary>What retention took from a partition.</summary>
/// <param name="StartOffset">Where the partition begins now.</param>
/// <param name="Bytes">Bytes that became free.</param>
public sealed record SegmentsRemoved(string Topic, int Partition, long StartOffset, long Bytes);
