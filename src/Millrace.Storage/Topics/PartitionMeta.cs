using System.Globalization;
using Millrace.Storage.Disk;

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
        if (MetaFile.Read(disk, path) is not { } text)
        {
            return Untouched;
        }

        string[] lines = text.Split('\n');
        if (lines is ["version=1", _, _, _, _, ""] && MetaFile.TryNumber(lines[1], "start", out long start)
            && MetaFile.TryNumber(lines[2], "cleaned", out long cleaned)
            && MetaFile.TryNumber(lines[3], "horizon", out long horizon)
            && new PartitionMeta(start, cleaned, horizon) is var meta && meta.Text() == text)
        {
            return meta;
        }

        throw new DamageFault(path, 0, "partition.meta is not what was written");
    }

    /// <summary>Replaces the file, durably.</summary>
    public void Write(IDisk disk, string directory) => MetaFile.Write(disk, directory, FileName, Text());

    private string Text() => MetaFile.Seal(string.Create(
        CultureInfo.InvariantCulture, $"version=1\nstart={Start}\ncleaned={Cleaned}\nhorizon={Horizon}\n"));
}
