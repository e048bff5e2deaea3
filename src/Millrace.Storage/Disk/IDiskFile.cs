namespace Millrace.Storage.Disk;

/// <summary>
/// An open file with positional reads and writes. One writer at a time; readers on any thread beside it.
/// Failures are <see cref="DiskFault"/>s.
/// </summary>
public interface IDiskFile : IDisposable
{
    string Path { get; }

    /// <summary>Bytes in the file now.</summary>
    long Length { get; }

    /// <summary>
    /// Fills <paramref name="target"/> from <paramref name="position"/>; returns less only at the end of the file.
    /// </summary>
    int Read(long position, Span<byte> target);

    /// <summary>Writes all of <paramref name="source"/> at <paramref name="position"/>, or throws.</summary>
    void Write(long position, ReadOnlySpan<byte> source);

    /// <summary>
    /// Asks the system to begin writing the bytes between two positions to the disk, and does not wait for it: then a
    /// later <see cref="Sync"/>, of this file or another one, finds little to write. A hint: it promises nothing and
    /// never fails; what goes wrong with the bytes, the next sync says.
    /// </summary>
    void WriteBehind(long from, long to);

    /// <summary>
    /// Asks the system for the room between two positions, the first at or below the end, for appends soon: they then
    /// cost half. The length stays as it is; <see cref="Truncate"/> gives back what lies behind. A hint, as
    /// <see cref="WriteBehind"/>: where there is no such room, the write says so.
    /// </summary>
    void Reserve(long from, long to);

    /// <summary>Cuts the file, also where only reserved room is behind that length.</summary>
    void Truncate(long length);

    /// <summary>
    /// Makes the bytes and the length durable (fdatasync). A failure poisons the file: every later write, truncate
    /// or sync fails too, because the kernel may have dropped the pages it could not write.
    /// </summary>
    void Sync();
}
