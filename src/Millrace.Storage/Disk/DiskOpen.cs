namespace Millrace.Storage.Disk;

/// <summary>How a file is opened.</summary>
public enum DiskOpen
{
    /// <summary>An existing file, for reading.</summary>
    Read,

    /// <summary>An existing file, for reading and writing.</summary>
    Write,

    /// <summary>For reading and writing; created where missing, emptied where present.</summary>
    Create,
}
