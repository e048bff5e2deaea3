using System.Globalization;
using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Topics;

/// <summary>
/// The file <c>topics/&lt;name&gt;/topic.meta</c>, lines of <c>name=value</c>: version, partitions, kind, and the
/// CRC-32C of the lines before. It appears by rename after the folder is complete: a topic without it was never
/// created.
/// </summary>
internal readonly record struct TopicMeta(int Partitions, TopicKind Kind)
{
    private const string FileName = "topic.meta";

    public static TopicMeta? Read(IDisk disk, string directory)
    {
        string path = directory + "/" + FileName;
        if (!disk.FileExists(path))
        {
            return null;
        }

        using IDiskFile file = disk.Open(path, DiskOpen.Read);
        byte[] bytes = new byte[Math.Min(file.Length, 4096)];
        string text = Encoding.UTF8.GetString(bytes, 0, file.Read(0, bytes));
        string[] lines = text.Split('\n');
        if (lines is ["version=1", _, _, _, ""]
            && TryValue(lines[1], "partitions", out string count)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int partitions)
            && TryValue(lines[2], "kind", out string kind) && Enum.TryParse(kind, out TopicKind parsed)
            && new TopicMeta(partitions, parsed) is var meta && meta.Text() == text)
        {
            return meta;
        }

        throw new DamageFault(path, 0, "topic.meta is not what was written");
    }

    public void Write(IDisk disk, string directory)
    {
        string temporary = directory + "/" + FileName + ".new";
        using (IDiskFile file = disk.Open(temporary, DiskOpen.Create))
        {
            file.Write(0, Encoding.UTF8.GetBytes(Text()));
            file.Sync();
        }

        disk.Rename(temporary, directory + "/" + FileName);
        disk.SyncDirectory(directory);
    }

    /// <summary>Deletes the file, if it is there: from then on the folder is no topic.</summary>
    public static void Delete(IDisk disk, string directory)
    {
        if (disk.FileExists(directory + "/" + FileName))
        {
            disk.Delete(directory + "/" + FileName);
        }
    }

    private string Text()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"version=1\npartitions={Partitions}\nkind={Kind}\n");
        return text + Crc32C.Compute(Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture) + "\n";
    }

    private static bool TryValue(string line, string name, out string value)
    {
        bool found = line.StartsWith(name + "=", StringComparison.Ordinal);
        value = found ? line[(name.Length + 1)..] : string.Empty;
        return found;
    }
}
