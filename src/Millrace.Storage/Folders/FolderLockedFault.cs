using Millrace.Storage.Disk;

namespace Millrace.Storage.Folders;

/// <summary>Another process has the data folder open for writing.</summary>
public sealed class FolderLockedFault(string path)
    : StorageFault("another process uses the data folder " + path + "; stop it, or use another folder")
{
    public string Path => path;
}
