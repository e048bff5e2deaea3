using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Topics;

/// <summary>
/// The file <c>topics/&lt;name&gt;/topic.meta</c>, lines of <c>name=value</c>: version, partitions, kind, and the
/// CRC-32C of the lines before. It appears by rename after the folder is complete: a topic without it was never
/// created.
/// </summary>
internal readonly record struct TopicMeta(int Partitions, TopicKind Kind)
{
    /// <summary>The file's name while it is being written.</summary>
    public const string UnfinishedName = FileName + DurableFile.UnfinishedSuffix;

    public const string FileName = "topic.meta";

    public static TopicMeta? Read(IDisk disk, string directory)
    {
        string path = directory + "/" + FileName;
        if (MetaFile.Read(disk, path) is not { } text)
        {
            return null;
        }

        string[] lines = text.Split('\n');
        if (lines is ["version=1", _, _, _, ""]
            && MetaFile.TryValue(lines[1], "partitions", out string count)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int partitions)
            && MetaFile.TryValue(lines[2], "kind", out string kind) && Enum.TryParse(kind, out TopicKind parsed)
            && new TopicMeta(partitions, parsed) is var meta && meta.Text() == text)
        {
            return meta;
        }

        throw new DamageFault(path, 0, "topic.meta is not what was written");
    }

    public void Write(IDisk disk, string directory) => MetaFile.Write(disk, directory, FileName, Text());

    /// <summary>Deletes the file, if it is there: from then on the folder is no topic.</summary>
    public static void Delete(IDisk disk, string directory)
    {
        if (disk.FileExists(directory + "/" + FileName))
        {
            disk.Delete(directory + "/" + FileName);
        }
    }

    private string Text() => MetaFile.Seal(
        string.Create(CultureInfo.InvariantCulture, $"version=1\npartitions={Partitions}\nkind={Kind}\n"));
}
