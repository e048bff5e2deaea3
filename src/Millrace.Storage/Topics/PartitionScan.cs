using Millrace.Storage.Records;

namespace Millrace.Storage.Topics;

/// <summary>How far a partition's records are intact, and what ended the scan.</summary>
/// <param name="EndOffset">The offset after the last intact record.</param>
/// <param name="Path">The file where the scan ended, or the folder when there is none.</param>
/// <param name="Position">The byte where the intact records end in that file; -1 when there is none.</param>
/// <param name="Status">Why it ended; valid at the end of the last file.</param>
internal readonly record struct PartitionScan(long EndOffset, string Path, long Position, BatchStatus Status);
