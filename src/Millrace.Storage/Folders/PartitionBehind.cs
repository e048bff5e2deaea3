namespace Millrace.Storage.Folders;

/// <summary>A derived partition whose unsynced tail was lost.</summary>
/// <param name="EndOffset">Where it ends now.</param>
/// <param name="StepEnd">Where the last step left it.</param>
public sealed record PartitionBehind(string Topic, int Partition, long EndOffset, long StepEnd);
