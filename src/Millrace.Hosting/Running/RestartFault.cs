using Millrace.Storage.Topics;

namespace Millrace.Hosting.Running;

/// <summary>
/// There is no snapshot to go on from, and the log no longer holds the beginning, from which everything could be
/// computed again. Nothing was changed.
/// </summary>
public sealed class RestartFault : Exception
{
    internal RestartFault(long firstPosition, PartitionLog? partition, IReadOnlyList<string> unusable)
        : base(Describe(firstPosition, partition, unusable))
    {
    }

    private static string Describe(long firstPosition, PartitionLog? partition, IReadOnlyList<string> unusable)
    {
        string log = partition is null
            ? $"the log begins at position {firstPosition}"
            : $"topic {partition.Topic}, partition {partition.Partition} begins at offset {partition.StartOffset}";
        string snapshots = unusable.Count == 0 ? "there is no snapshot" : string.Join("; ", unusable);
        return $"the models' state is lost: {snapshots}; and it cannot be computed again, for {log}";
    }
}
