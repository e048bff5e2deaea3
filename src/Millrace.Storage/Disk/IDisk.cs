namespace Millrace.Storage.Disk;

/// <summary>
/// The one seam between Millrace and a file system. Paths use <c>/</c>. Failures are <see cref="DiskFault"/>s.
/// A name (file created, renamed, deleted) is durable only after <see cref="SyncDirectory"/> of its directory;
/// bytes only after <see cref="IDiskFile.Sync"/>. Safe to use from several threads.
/// </summary>
public interface IDisk
{
    bool FileExists(string path);

    bool DirectoryExists(string path);

    /// <summary>
    /// Names (not paths) of the files and directories in a directory, in no order; empty where it is missing.
    /// </summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Creates a directory and its missing parents.</summary>
    void CreateDirectory(string path);

    IDiskFile Open(string path, DiskOpen mode);

    /// <summary>Renames a file, replacing the target if there is one (atomic).</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    void Delete(string path);

    /// <summary>Deletes an empty directory.</summary>
    void DeleteDirectory(string path);

    /// <summary>Makes the names in a directory durable.</summary>
    void SyncDirectory(string path);

    /// <summary>
    /// Bytes that this process may still write on the file system that holds a path, which must exist.
    /// </summary>
    long FreeBytes(string path);

    /// <summary>
    /// Takes the exclusive lock of a lock file (created where missing) until disposed or the process ends;
    /// null when another holder has it.
    /// </summary>
    IDisposable? TryLock(string path);
}
