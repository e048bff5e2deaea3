using Millrace.Storage.Topics;

namespace Millrace.Hosting.Running;

/// <summary>
/// Where a project took over from the one before. What the topics hold below was written by that one, or computed
/// beside it: a replay with this one need not give the same, and is not held against it. Nor is what it gives above,
/// where there is no snapshot of what was open there.
/// </summary>
/// <param name="Position">In the log; 0 of a folder's first project.</param>
/// <param name="Ends">Where the partitions of the topics that it writes ended there, by topic in the folder.</param>
internal sealed record Takeover(long Position, IReadOnlyDictionary<string, long[]> Ends)
{
    /// <summary>The first record of a partition that the project wrote itself.</summary>
    public long FirstOf(PartitionLog log) =>
        Ends.GetValueOrDefault(log.Topic) is { } ends && log.Partition < ends.Length ? ends[log.Partition] : 0;
}
