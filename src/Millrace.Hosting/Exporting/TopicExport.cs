using Millrace.Hosting.Bounded;
using Millrace.Hosting.Deployments;
using Millrace.Hosting.Inputs;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Exporting;

/// <summary>
/// Writes what the topics of a data folder hold: <c>topic.ndjson</c>, a line per record, by partition and offset:
/// <c>{"partition", "offset", "timestamp", "key", "value"}</c>, and <c>"headers"</c> where a record has some. Key and
/// value are strings (or null, or <c>{"base64": ".."}</c> when they are not UTF-8), exactly as they are in the log.
/// Works beside a process that writes the folder: it sees what is committed when it starts.
/// </summary>
public static class TopicExport
{
    /// <param name="disk">Where the data folder is.</param>
    /// <param name="dataFolder">Its path.</param>
    /// <param name="topic">The one topic wanted, or null for all.</param>
    /// <param name="outputFolder">Where the files go; created where missing.</param>
    /// <param name="passed">Where the folder is damaged: told what; all that its files hold is written. Null: then a
    /// fault.</param>
    /// <returns>Records written by topic; empty when there is no such topic.</returns>
    /// <exception cref="StorageFault">The folder is none, or damaged.</exception>
    public static IReadOnlyDictionary<string, long> Write(
        IDisk disk, string dataFolder, string? topic, string outputFolder, Action<string>? passed = null)
    {
        using DataFolder folder = DataFolder.OpenReadOnly(disk, dataFolder, skipDamaged: passed is not null);
        Dictionary<string, long> counts = [];
        foreach ((string name, TopicLog log) in FolderNames.Of(folder).Where(t => topic is null || t.Name == topic))
        {
            Directory.CreateDirectory(outputFolder);
            using LineFile file = new(Path.Combine(outputFolder, name + ".ndjson"));
            Write(log, file);
            counts[name] = file.Count;
        }

        foreach (string line in folder.Recovery.Damage.Concat(folder.Unreadable.Select(u => u.ToString())))
        {
            passed?.Invoke(line);
        }

        return counts;
    }

    private static void Write(TopicLog topic, LineFile file)
    {
        JsonText text = new();
        foreach (PartitionLog partition in topic.Partitions)
        {
            PartitionReader reader = partition.OpenReader();
            while (reader.MoveNext())
            {
                text.Clear();
                RecordText.Write(text, reader);
                file.Write(text.Written);
            }
        }
    }
}
