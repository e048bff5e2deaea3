namespace Millrace.Storage.Disk;

/// <summary>Small files that are replaced as a whole: after a crash one is as it was, or as it was to be.</summary>
internal static class DurableFile
{
    /// <summary>What a file's name ends with while it is being written.</summary>
    public const string UnfinishedSuffix = ".new";

    /// <summary>Replaces the file, durably; its folder is there.</summary>
    public static void Replace(IDisk disk, string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + UnfinishedSuffix;
        using (IDiskFile file = disk.Open(temporary, DiskOpen.Create))
        {
            file.Write(0, content);
            file.Sync();
        }

        disk.Rename(temporary, path);
        disk.SyncDirectory(path[..path.LastIndexOf('/')]);
    }
}
