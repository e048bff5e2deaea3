namespace Millrace.Testing.Disks;

/// <summary>An operation that changes a simulated disk.</summary>
/// <param name="Number">From 1, over the life of the disk object.</param>
/// <param name="Name"><c>write</c>, <c>truncate</c>, <c>sync</c>, <c>create</c>, <c>rename</c>, <c>delete</c>,
/// <c>create directory</c>, <c>delete directory</c> or <c>sync directory</c>.</param>
public readonly record struct DiskOperation(int Number, string Name, string Path);
