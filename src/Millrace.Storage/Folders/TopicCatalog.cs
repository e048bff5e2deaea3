using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>The topics of a data folder: <c>topics/&lt;topic&gt;/&lt;partition&gt;/</c>.</summary>
internal sealed class TopicCatalog(
    IDisk disk, string directory, long segmentBytes, bool readOnly, bool skipDamaged)
{
    private readonly Dictionary<string, TopicLog> byName = new(StringComparer.Ordinal);
    private TopicLog[] topics = [];
    private volatile bool hasPassedInputs;

    /// <summary>Where the topics' folders are.</summary>
    public string Directory => directory;

    /// <summary>
    /// Told of topics and partitions that do not say any more what they are: such a topic is not opened, of such a
    /// partition all files are. Null to throw.
    /// </summary>
    public Action<DamageFault>? Damaged { get; init; }

    /// <summary>True once records of a source were passed over, because they cannot be read.</summary>
    public bool HasPassedInputs => hasPassedInputs;

    public IReadOnlyList<TopicLog> Topics => Volatile.Read(ref topics);

    public bool TryGet(string name, out TopicLog? topic)
    {
        lock (byName)
        {
            return byName.TryGetValue(name, out topic);
        }
    }

    /// <summary>Opens the topics that are there; one whose creation was not finished is not.</summary>
    public void OpenAll()
    {
        foreach (string name in disk.List(directory).Order(StringComparer.Ordinal))
        {
            if (TopicName.IsLegal(name) && ReadMeta(name) is { } meta)
            {
                Add(name, meta);
            }
        }
    }

    /// <summary>How many partitions the folder of a topic holds.</summary>
    public int CountPartitions(string name) => disk.List(directory + "/" + name)
        .Select(folder => int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out int i) ? i + 1 : 0)
        .DefaultIfEmpty()
        .Max();

    /// <summary>Creates a topic, durably: its folders first, then the file that makes it one.</summary>
    public TopicLog Create(string name, TopicMeta meta)
    {
        string path = directory + "/" + name;
        for (int i = 0; i < meta.Partitions; i++)
        {
            disk.CreateDirectory(PartitionPath(path, i));
        }

        disk.SyncDirectory(directory);
        disk.SyncDirectory(path);
        meta.Write(disk, path);
        return Add(name, meta);
    }

    /// <summary>Removes what a creation that was cut short has left: folders, and no topic in them.</summary>
    public void RemoveUnfinished()
    {
        foreach (string name in disk.List(directory).Where(name => !TryGet(name, out _)))
        {
            if (IsUnfinished(directory + "/" + name))
            {
                DeleteTree(directory + "/" + name);
            }
        }
    }

    /// <summary>The folder of a topic that holds files and is not listed; null when there is none.</summary>
    public string? FindNameless() => disk.List(directory)
        .Where(name => TopicName.IsLegal(name) && !TryGet(name, out _))
        .Select(name => directory + "/" + name)
        .FirstOrDefault(path => disk.DirectoryExists(path) && !IsUnfinished(path));

    /// <summary>Makes the names of all topics and of their partitions durable, whoever created them.</summary>
    public void SyncNames()
    {
        disk.SyncDirectory(directory);
        foreach (TopicLog topic in topics)
        {
            disk.SyncDirectory(directory + "/" + topic.Name);
        }
    }

    /// <summary>Closes a topic and lists it no more; its files stay.</summary>
    public void Forget(string name)
    {
        lock (byName)
        {
            if (!byName.Remove(name, out TopicLog? topic))
            {
                return;
            }

            Volatile.Write(ref topics, [.. topics.Where(other => other != topic)]);
            foreach (PartitionLog partition in topic.Partitions)
            {
                partition.Remove();
            }
        }
    }

    /// <summary>Deletes the files of a topic that is not listed, durably; what makes it a topic goes first.</summary>
    public void DeleteFiles(string name)
    {
        string path = directory + "/" + name;
        if (!disk.DirectoryExists(path))
        {
            return;
        }

        TopicMeta.Delete(disk, path);
        disk.SyncDirectory(path);
        DeleteTree(path);
        disk.SyncDirectory(directory);
    }

    // Any other file would tell of a topic that there was.
    private bool IsUnfinished(string path) => disk.DirectoryExists(path)
        && disk.List(path).All(name => name == TopicMeta.UnfinishedName || IsUnfinished(path + "/" + name));

    private void DeleteTree(string path)
    {
        foreach (string name in disk.List(path))
        {
            if (disk.DirectoryExists(path + "/" + name))
            {
                DeleteTree(path + "/" + name);
            }
            else
            {
                disk.Delete(path + "/" + name);
            }
        }

        disk.SyncDirectory(path);
        disk.DeleteDirectory(path);
    }

    private static string PartitionPath(string topicPath, int partition) =>
        topicPath + "/" + partition.ToString(CultureInfo.InvariantCulture);

    private TopicMeta? ReadMeta(string name)
    {
        try
        {
            return TopicMeta.Read(disk, directory + "/" + name);
        }
        catch (DamageFault fault) when (Damaged is not null)
        {
            Damaged(fault);
            return null;
        }
    }

    /// <summary>Opens a topic whose folders are there.</summary>
    public TopicLog Add(string name, TopicMeta meta)
    {
        PartitionLog[] partitions = new PartitionLog[meta.Partitions];
        for (int i = 0; i < partitions.Length; i++)
        {
            string path = PartitionPath(directory + "/" + name, i);
            partitions[i] = new PartitionLog(disk, path, name, i, meta.Kind, segmentBytes)
            {
                SkipsDamage = skipDamaged,
                Damaged = Damaged,
                Passed = meta.Kind == TopicKind.Source ? () => hasPassedInputs = true : null,
            };
            partitions[i].OpenSegments(readOnly);
        }

        TopicLog topic = new(name, meta.Kind, partitions);
        lock (byName)
        {
            byName.Add(name, topic);
            Volatile.Write(ref topics, [.. topics, topic]);
        }

        return topic;
    }
}
