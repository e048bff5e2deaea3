using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Folders;

/// <summary>
/// A small file of JSON whose last line is the CRC-32C of what is before it, in eight hexadecimal digits; replaced
/// durably as a whole. One that ends with the JSON lacks nothing but that line.
/// </summary>
public static class SealedFile
{
    private const int SealBytes = 10;

    /// <summary>Replaces the file, durably; its folder is there.</summary>
    public static void Write(IDisk disk, string path, ReadOnlySpan<byte> json) =>
        DurableFile.Replace(disk, path, [.. json, .. SealOf(json)]);

    /// <summary>What was written.</summary>
    /// <exception cref="DamageFault">It is something else by now.</exception>
    public static byte[] Read(IDisk disk, string path)
    {
        using IDiskFile file = disk.Open(path, DiskOpen.Read);
        byte[] bytes = new byte[file.Length];
        ReadOnlySpan<byte> text = bytes.AsSpan(0, file.Read(0, bytes));
        if (text is [.., (byte)'}'] && IsWhole(text))
        {
            return text.ToArray();
        }

        if (text.Length > SealBytes && text[^SealBytes..].SequenceEqual(SealOf(text[..^SealBytes])))
        {
            return text[..^SealBytes].ToArray();
        }

        throw new DamageFault(path, -1, "the file is not what was written");
    }

    // A file may have been cut behind a brace of its middle.
    private static bool IsWhole(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] SealOf(ReadOnlySpan<byte> json) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{Crc32C.Compute(json):x8}\n"));
}
