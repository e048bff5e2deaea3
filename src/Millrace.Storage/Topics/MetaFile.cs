using System.Globalization;
using System.Text;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Topics;

/// <summary>
/// A small file of lines <c>name=value</c>, the version first, the CRC-32C of the lines before last; replaced durably
/// as a whole.
/// </summary>
internal static class MetaFile
{
    private const int MaxBytes = 4096;

    /// <summary>The lines, with their checksum behind them.</summary>
    public static string Seal(string lines) =>
        lines + Crc32C.Compute(Encoding.UTF8.GetBytes(lines)).ToString("x8", CultureInfo.InvariantCulture) + "\n";

    /// <summary>What the file holds, unchecked; null where there is none.</summary>
    public static string? Read(IDisk disk, string path)
    {
        if (!disk.FileExists(path))
        {
            return null;
        }

        using IDiskFile file = disk.Open(path, DiskOpen.Read);
        byte[] bytes = new byte[Math.Min(file.Length, MaxBytes)];
        return Encoding.UTF8.GetString(bytes, 0, file.Read(0, bytes));
    }

    /// <summary>Replaces the file, durably.</summary>
    public static void Write(IDisk disk, string directory, string fileName, string sealedText) =>
        DurableFile.Replace(disk, directory + "/" + fileName, Encoding.UTF8.GetBytes(sealedText));

    /// <summary>The value of a line, if it has that name.</summary>
    public static bool TryValue(string line, string name, out string value)
    {
        bool found = line.StartsWith(name + "=", StringComparison.Ordinal);
        value = found ? line[(name.Length + 1)..] : string.Empty;
        return found;
    }

    /// <summary>The value of a line, if it has that name and a number that is not negative.</summary>
    public static bool TryNumber(string line, string name, out long value)
    {
        value = 0;
        return TryValue(line, name, out string text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
