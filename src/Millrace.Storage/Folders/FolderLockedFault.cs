using Millrace.Storage.Disk;

namespace Millrace.Storage.Folders;

/// <summary>Another process has the data folder open for writing.</summary>
/// <param name="path">The folder.</param>
/// <param name="owner">Which process, as a noun; null when that is not known.</param>
public sealed class FolderLockedFault(string path, string? owner = null)
    : StorageFault((owner ?? "another process") + " uses the data folder " + path + "; stop it, or use another folder")
{
    public string Path => path;
}
