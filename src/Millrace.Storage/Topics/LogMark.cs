using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <summary>Where a partition ended before an append, so that it can be taken back.</summary>
/// <param name="Active">The segment that took the appends; null when there was none.</param>
/// <param name="Size">That segment's size.</param>
/// <param name="EndOffset">The partition's end offset, which the first record appended got.</param>
internal readonly record struct LogMark(Segment? Active, long Size, long EndOffset);
