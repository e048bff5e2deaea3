namespace Millrace.Bench.Shop;

/// <summary>A folder that is gone when its user is. On the disk of the system's temporary files.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("millrace-bench-").FullName;

    /// <summary>
    /// Copies everything below this folder into another, and onto the disk, where it lies when a server starts: an
    /// opening syncs what it finds.
    /// </summary>
    public void CopyTo(TempFolder target)
    {
        foreach (string folder in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(folder.Replace(Path, target.Path, StringComparison.Ordinal));
        }

        foreach (string file in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            string copy = file.Replace(Path, target.Path, StringComparison.Ordinal);
            File.Copy(file, copy);
            using FileStream written = new(copy, FileMode.Open, FileAccess.Write);
            written.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
