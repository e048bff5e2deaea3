using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Segments;

/// <summary>
/// One file of a partition: <c>&lt;20-digit base offset&gt;.log</c>, record batches one after another, and beside it,
/// once the segment is sealed, its <c>.index</c>. Readers may use it while the writer appends.
/// </summary>
internal sealed class Segment : IDisposable
{
    public const string LogSuffix = ".log";
    public const string IndexSuffix = ".index";
    private readonly IDisk disk;
    private OffsetIndex? index;

    private Segment(IDisk disk, string directory, long baseOffset, IDiskFile file, OffsetIndex? index)
    {
        this.disk = disk;
        this.index = index;
        Directory = directory;
        BaseOffset = baseOffset;
        File = file;
        Size = file.Length;
    }

    public string Directory { get; }

    public long BaseOffset { get; }

    public IDiskFile File { get; }

    /// <summary>Bytes of whole batches; the writer's view.</summary>
    public long Size { get; private set; }

    /// <summary>True while the file holds bytes that no sync has covered; the writer's view.</summary>
    public bool IsDirty { get; private set; }

    public static string FileName(long baseOffset, string suffix) =>
        baseOffset.ToString("D20", CultureInfo.InvariantCulture) + suffix;

    /// <summary>Base offsets of the segments in a directory, ascending.</summary>
    public static long[] List(IDisk disk, string directory)
    {
        List<long> found = [];
        foreach (string name in disk.List(directory))
        {
            if (name.Length == 20 + LogSuffix.Length && name.EndsWith(LogSuffix, StringComparison.Ordinal)
                && long.TryParse(name.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out long offset))
            {
                found.Add(offset);
            }
        }

        found.Sort();
        return [.. found];
    }

    public static Segment Create(IDisk disk, string directory, long baseOffset) =>
        new(disk, directory, baseOffset, Open(disk, directory, baseOffset, DiskOpen.Create), new OffsetIndex());

    public static Segment OpenExisting(IDisk disk, string directory, long baseOffset, bool readOnly) =>
        new(disk, directory, baseOffset,
            Open(disk, directory, baseOffset, readOnly ? DiskOpen.Read : DiskOpen.Write), null);

    /// <summary>Writes whole batches at the end.</summary>
    public void Append(ReadOnlySpan<byte> batches)
    {
        IsDirty = true;
        File.Write(Size, batches);
        Size += batches.Length;
    }

    /// <summary>Notes a batch by its last offset and where it starts, for the index.</summary>
    public void NoteBatch(long lastOffset, long position) => index!.Add(lastOffset - BaseOffset, position);

    /// <summary>Writes the bytes between two positions once more, as they are read.</summary>
    public void Rewrite(long from, long to) => DiskRewrite.Run(File, from, to);

    public void Truncate(long size)
    {
        File.Truncate(size);
        Size = size;
        IsDirty = true;
    }

    /// <summary>Says that bytes were found whose sync is not known.</summary>
    public void MarkDirty() => IsDirty = true;

    public void Sync()
    {
        File.Sync();
        IsDirty = false;
    }

    /// <summary>
    /// Writes the index file of a segment that takes no more appends. Needs no sync: it can be rebuilt.
    /// </summary>
    public void Seal()
    {
        using IDiskFile target = disk.Open(Directory + "/" + FileName(BaseOffset, IndexSuffix), DiskOpen.Create);
        target.Write(0, index!.Encode());
    }

    /// <summary>A byte position at or before the batch that holds the offset.</summary>
    public long Lookup(long offset) => (index ??= LoadIndex()).Lookup(offset - BaseOffset);

    /// <summary>Takes the index that a scan has built.</summary>
    public void UseIndex(OffsetIndex built) => index = built;

    /// <summary>Deletes the files; the caller syncs the directory.</summary>
    public void Delete()
    {
        File.Dispose();
        disk.Delete(File.Path);
        string indexPath = Directory + "/" + FileName(BaseOffset, IndexSuffix);
        if (disk.FileExists(indexPath))
        {
            disk.Delete(indexPath);
        }
    }

    public void Dispose() => File.Dispose();

    private static IDiskFile Open(IDisk disk, string directory, long baseOffset, DiskOpen mode) =>
        disk.Open(directory + "/" + FileName(baseOffset, LogSuffix), mode);

    private OffsetIndex LoadIndex()
    {
        string path = Directory + "/" + FileName(BaseOffset, IndexSuffix);
        if (disk.FileExists(path))
        {
            using IDiskFile file = disk.Open(path, DiskOpen.Read);
            byte[] bytes = new byte[file.Length];
            int read = file.Read(0, bytes);
            if (OffsetIndex.Decode(bytes.AsSpan(0, read), File.Length) is { } loaded)
            {
                return loaded;
            }
        }

        OffsetIndex built = new();
        SegmentScan.Run(this, built);
        return built;
    }
}
