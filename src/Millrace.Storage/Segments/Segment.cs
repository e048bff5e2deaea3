using System.Globalization;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;

namespace Millrace.Storage.Segments;

/// <summary>
/// One file of a partition: <c>&lt;20-digit base offset&gt;.log</c>, record batches one after another, and beside it,
/// once the segment is sealed, its <c>.index</c>. Readers may use it while the writer appends.
/// </summary>
internal sealed class Segment : IDisposable
{
    public const string LogSuffix = ".log";
    public const string IndexSuffix = ".index";
    private const int AgeChunkBytes = 64 << 10;

    // A segment that has grown to this goes on growing: it reserves as much again, up to the next, then an eighth, up
    // to the last.
    private const int ReserveFrom = 256 << 10;
    private const int Reserved = 512 << 10;
    private const int MostReserved = 2 << 20;
    private const int ReservedPart = 8;
    private readonly IDisk disk;
    private OffsetIndex? index;
    private long firstTimestamp = long.MinValue;
    private long newest = long.MinValue;
    private long agedTo;
    private volatile int saved;
    private long begun;
    private long reserved;

    private Segment(IDisk disk, string directory, long baseOffset, IDiskFile file, OffsetIndex? index)
    {
        this.disk = disk;
        this.index = index;
        Directory = directory;
        BaseOffset = baseOffset;
        File = file;
        Size = begun = file.Length;
    }

    public string Directory { get; }

    public long BaseOffset { get; }

    public IDiskFile File { get; }

    /// <summary>Bytes of whole batches; the writer's view.</summary>
    public long Size { get; private set; }

    /// <summary>True while the file holds bytes that no sync has covered; the writer's view.</summary>
    public bool IsDirty { get; private set; }

    private string IndexPath => Directory + "/" + FileName(BaseOffset, IndexSuffix);

    public static string FileName(long baseOffset, string suffix) =>
        baseOffset.ToString("D20", CultureInfo.InvariantCulture) + suffix;

    public static Segment Create(IDisk disk, string directory, long baseOffset) =>
        new(disk, directory, baseOffset,
            disk.Open(directory + "/" + FileName(baseOffset, LogSuffix), DiskOpen.Create), new OffsetIndex());

    public static Segment OpenExisting(IDisk disk, string directory, long baseOffset, string name, bool readOnly) =>
        new(disk, directory, baseOffset,
            disk.Open(directory + "/" + name, readOnly ? DiskOpen.Read : DiskOpen.Write), null);

    /// <summary>True when it takes no more appends: bytes that are no batch follow the last one.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Says that it takes no more appends.</summary>
    public void Close() => IsClosed = true;

    /// <summary>Writes whole batches at the end.</summary>
    public void Append(ReadOnlySpan<byte> batches)
    {
        IsDirty = true;
        long end = Size + batches.Length;
        if (end > reserved && end >= ReserveFrom)
        {
            reserved = end + Math.Min(end, Math.Clamp(end / ReservedPart, Reserved, MostReserved));
            File.Reserve(Size, reserved);
        }

        File.Write(Size, batches);
        Size = end;
    }

    /// <summary>Notes a batch that is about to be written, for the index.</summary>
    /// <param name="lastOffset">Its last offset.</param>
    /// <param name="position">Where it starts.</param>
    /// <param name="timestamp">Its greatest timestamp.</param>
    public void NoteBatch(long lastOffset, long position, long timestamp)
    {
        index!.Add(lastOffset - BaseOffset, position);
        firstTimestamp = position == 0 ? timestamp : firstTimestamp;
    }

    /// <summary>
    /// The greatest timestamp of the first batch, by which Kafka reckons a segment's age; null when it has none.
    /// </summary>
    public long? FirstTimestamp()
    {
        Span<byte> bytes = stackalloc byte[RecordBatchHeader.Size];
        if (firstTimestamp == long.MinValue && Size > 0 && File.Read(0, bytes) == bytes.Length
            && RecordBatchHeader.TryRead(bytes, out RecordBatchHeader header) == BatchStatus.Valid)
        {
            firstTimestamp = header.MaxTimestamp;
        }

        return Size > 0 && firstTimestamp > long.MinValue ? firstTimestamp : null;
    }

    /// <summary>
    /// True when a batch within the first so many bytes has a timestamp at or after one, or cannot be read. Goes on
    /// where it ended the last time, so that a segment is read once for all; one thread.
    /// </summary>
    public bool HasRecordSince(long timestamp, long size)
    {
        BatchWindow window = new((int)Math.Clamp(size - agedTo, 0, AgeChunkBytes));
        window.Seek(File, agedTo);
        while (newest < timestamp && agedTo < size)
        {
            if (window.Peek(out RecordBatchHeader header) != BatchStatus.Valid)
            {
                return true;
            }

            window.Advance(header.TotalBytes);
            newest = Math.Max(newest, header.MaxTimestamp);
            agedTo = window.Position;
        }

        return newest >= timestamp;
    }

    /// <summary>Writes the bytes between two positions once more, as they are read.</summary>
    public void Rewrite(long from, long to) => DiskRewrite.Run(File, from, to);

    public void Truncate(long size)
    {
        File.Truncate(size);
        Size = reserved = size;
        IsDirty = true;
        index?.TruncateTo(size);
        saved = 0;
    }

    /// <summary>
    /// Has the disk begin with what was appended since the last time, if it is so much; false if it is less. One thread
    /// at a time, also beside the writer.
    /// </summary>
    public bool WriteBehind(int atLeast)
    {
        long to = Size;
        begun = Math.Min(begun, to);
        if (to - begun < atLeast)
        {
            return false;
        }

        File.WriteBehind(begun, to);
        begun = to;
        return true;
    }

    /// <summary>Says that bytes were found whose sync is not known.</summary>
    public void MarkDirty() => IsDirty = true;

    public void Sync()
    {
        File.Sync();
        IsDirty = false;
    }

    /// <summary>
    /// Gives back what a segment that takes no more appends has reserved, and writes its index file. Needs no sync: it
    /// can be rebuilt.
    /// </summary>
    public void Seal()
    {
        if (reserved > Size)
        {
            File.Truncate(Size);
            reserved = Size;
        }

        using IDiskFile target = disk.Open(IndexPath, DiskOpen.Create);
        target.Write(0, index!.Encode());
    }

    /// <summary>
    /// Writes what the index has got since the last time, so that an opening need not scan what it knows to be on disk.
    /// A hint, as all of the index: not synced, and that it fails costs time only. One thread, beside the writer.
    /// </summary>
    public void SaveIndex()
    {
        int from = saved;
        byte[] more = index?.Encode(from) ?? [];
        if (more.Length == 0)
        {
            return;
        }

        try
        {
            using IDiskFile target = disk.Open(IndexPath, from == 0 ? DiskOpen.Create : DiskOpen.Write);
            target.Write((long)from * OffsetIndex.EntryBytes, more);
            saved = from + (more.Length / OffsetIndex.EntryBytes);
        }
        catch (DiskFault)
        {
            saved = 0;
        }
    }

    /// <summary>
    /// The place from which a scan may begin that is to check what lies at or above an offset: an intact batch below it
    /// that the index file knows; the beginning where that does not help. Also what the index knows before the place.
    /// </summary>
    public BatchPlace FindStart(long offset, out OffsetIndex known)
    {
        known = (disk.FileExists(IndexPath) ? ReadIndex(IndexPath) : null) ?? new();
        long position = known.Lookup(offset - 1 - BaseOffset);
        BatchWindow window = new(RecordBatchHeader.Size);
        window.Seek(File, position);
        if (position > 0 && window.Peek(out RecordBatchHeader header) == BatchStatus.Valid
            && header.BaseOffset > BaseOffset && header.NextOffset <= offset
            && known.Holds(header.NextOffset - 1 - BaseOffset, position))
        {
            known.TruncateTo(position);
            return new BatchPlace(position, header.BaseOffset);
        }

        known = new();
        return new BatchPlace(0, BaseOffset);
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
        if (disk.FileExists(IndexPath))
        {
            disk.Delete(IndexPath);
        }
    }

    public void Dispose() => File.Dispose();

    private OffsetIndex LoadIndex()
    {
        if (disk.FileExists(IndexPath) && ReadIndex(IndexPath) is { } loaded)
        {
            return loaded;
        }

        OffsetIndex built = new();
        SegmentScan.Run(this, built);
        return built;
    }

    private OffsetIndex? ReadIndex(string path)
    {
        try
        {
            using IDiskFile file = disk.Open(path, DiskOpen.Read);
            byte[] bytes = new byte[file.Length];
            int read = file.Read(0, bytes);
            return OffsetIndex.Decode(bytes.AsSpan(0, read), File.Length);
        }
        catch (DiskFault fault) when (fault.IsMissing)
        {
            return null;
        }
    }
}
