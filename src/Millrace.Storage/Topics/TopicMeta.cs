using System.Globalization;
using System.Text;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Topics;

/// <summary>
/// The file <c>topics/&lt;name&gt;/topic.meta</c>, lines of <c>name=value</c>: version, partitions, kind. It appears by
/// rename after the folder is complete, so a topic without it was never created.
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
        bool known = lines is ["version=1", _, _, ""];
        if (known && TryValue(lines[1], "partitions", out string count)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int partitions)
            && partitions > 0
            && TryValue(lines[2], "kind", out string kind) && Enum.TryParse(kind, out TopicKind parsed))
        {
            return new TopicMeta(partitions, parsed);
        }

        throw new DamageFault(path, 0, "topic.meta does not parse");
    }

    public void Write(IDisk disk, string directory)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture, $"version=1\npartitions={Partitions}\nkind={Kind}\n");
        string temporary = directory + "/" + FileName + ".new";
        using (IDiskFile file = disk.Open(temporary, DiskOpen.Create))
        {
            file.Write(0, Encoding.UTF8.GetBytes(text));
            file.Sync();
        }

        disk.Rename(temporary, directory + "/" + FileName);
        disk.SyncDirectory(directory);
    }

    private static bool TryValue(string line, string name, out string value)
    {
        bool found = line.StartsWith(name + "=", StringComparison.Ordinal);
        value = found ? line[(name.Length + 1)..] : string.Empty;
        return found;
    }
}
