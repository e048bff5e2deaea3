using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>A topic of this name exists with another number of partitions or of another kind.</summary>
public sealed class TopicConflictFault(TopicLog existing, int partitions, TopicKind kind)
    : StorageFault(string.Create(
        CultureInfo.InvariantCulture,
        $"topic {existing.Name} exists as {existing.Kind} with {existing.Partitions.Count} partitions, ")
        + string.Create(CultureInfo.InvariantCulture, $"not as {kind} with {partitions}"))
{
    public TopicLog Existing => existing;
}
