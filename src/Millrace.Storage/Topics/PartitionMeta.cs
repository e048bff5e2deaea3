using System.Globalization;
using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Topics;

/// <summary>
/// The file <c>topics/&lt;name&gt;/&lt;partition&gt;/partition.meta</c>, lines of <c>name=value</c> and their CRC-32C:
/// what retention and compaction have done, noted before files go, so that a log which begins late is known from one
/// that has lost its beginning. Missing: nothing has been done.
/// </summary>
/// <param name="Start">Records below this offset were removed by retention; their files may be there still.</param>
/// <param name="Cleaned">Records below were compacted.</param>
/// <param name="Horizon">
/// When the first of the tombstones that compaction kept may go, milliseconds since the epoch; long.MaxValue: none.
/// </param>
internal readonly record struct PartitionMeta(long Start, long Cleaned, long Horizon)
{
    public const string FileName = "partition.meta";

    public static readonly PartitionMeta Untouched = new(0, 0, long.MaxValue);

    public static PartitionMeta Read(IDisk disk, string directory)
    {
        string path = directory + "/" + FileName;
        if (!disk.FileExists(path))
        {
            return Untouched;
        }

        using IDiskFile file = disk.Open(path, DiskOpen.Read);
        byte[] bytes = new byte[Math.Min(file.Length, 4096)];
        string text = Encoding.UTF8.GetString(bytes, 0, file.Read(0, bytes));
        string[] lines = text.Split('\n');
        if (lines is ["version=1", _, _, _, _, ""] && TryValue(lines[1], "start", out long start)
            && TryValue(lines[2], "cleaned", out long cleaned) && TryValue(lines[3], "horizon", out long horizon)
            && new PartitionMeta(start, cleaned, horizon) is var meta && meta.Text() == text)
        {
            return meta;
        }

        throw new DamageFault(path, 0, "partition.meta is not what was written");
    }

    /// <summary>Replaces the file, durably.</summary>
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

    private static bool TryValue(string line, string name, out long value)
    {
        value = 0;
        return line.StartsWith(name + "=", StringComparison.Ordinal) && long.TryParse(
            line.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private string Text()
    {
        string text = string.Create(
            CultureInfo.InvariantCulture, $"version=1\nstart={Start}\ncleaned={Cleaned}\nhorizon={Horizon}\n");
        return text + Crc32C.Compute(Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture) + "\n";
    }
}
