using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Snapshots;

/// <summary>
/// Reads one snapshot file frame by frame, each checked. What is wrong is a <see cref="DamageFault"/> that names the
/// byte. Not thread-safe.
/// <code>
/// header | metadata | block | block | … | footer
/// </code>
/// </summary>
internal sealed class SnapshotFile : IDisposable
{
    private const int FooterBytes = SnapshotFrame.HeaderBytes + SnapshotTotals.Size;
    private readonly IDiskFile file;
    private readonly long number;
    private readonly long length;
    private SnapshotTotals totals;
    private byte[] bytes = [];
    private long position;

    public SnapshotFile(IDisk disk, string directory, long number)
    {
        this.number = number;
        file = disk.Open(directory + "/" + SnapshotName.Of(number), DiskOpen.Read);
        try
        {
            length = file.Length;
            Info = ReadStart();
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What the header and the metadata say, and the file's length; blocks are not counted yet.</summary>
    public SnapshotInfo Info { get; }

    /// <summary>The block read last; good until the next is read.</summary>
    public ReadOnlyMemory<byte> Block { get; private set; }

    /// <summary>Reads the next block; false when the footer was reached and agrees with what was read.</summary>
    public bool TryReadBlock()
    {
        ReadOnlyMemory<byte> body = ReadFrame(out SnapshotFrameKind kind, position);
        switch (kind)
        {
            case SnapshotFrameKind.Block:
                Block = body;
                return true;
            case SnapshotFrameKind.Footer when position == length && Agrees(SnapshotTotals.Read(body.Span)):
                return false;
            default:
                throw Damage(position, "a snapshot's frames are not those its footer counts");
        }
    }

    /// <summary>Looks at the footer without reading the blocks; returns their number.</summary>
    public long ReadFooter()
    {
        long at = length - FooterBytes;
        SnapshotFrameKind kind = SnapshotFrameKind.Block;
        ReadOnlyMemory<byte> body = at < position ? default : ReadFrame(out kind, at, count: false);
        SnapshotTotals stored = kind == SnapshotFrameKind.Footer && body.Length == SnapshotTotals.Size
            ? SnapshotTotals.Read(body.Span)
            : default;
        return stored.Bytes == at ? stored.Blocks : throw Damage(at, "a snapshot does not end with its footer");
    }

    public void Dispose() => file.Dispose();

    private SnapshotInfo ReadStart()
    {
        ReadOnlyMemory<byte> header = ReadFrame(out SnapshotFrameKind kind, 0);
        SnapshotInfo? info = SnapshotHeader.Decode(header.Span, out long version);
        if (kind != SnapshotFrameKind.Header || info is null || info.Number != number)
        {
            string text = version.ToString(CultureInfo.InvariantCulture);
            throw Damage(0, version is -1 or SnapshotHeader.Version
                ? "a snapshot does not begin with its header"
                : "a snapshot of format " + text + ", which this version does not read,");
        }

        ReadOnlyMemory<byte> metadata = ReadFrame(out kind, position);
        return kind == SnapshotFrameKind.Metadata
            ? info with { Metadata = metadata.ToArray(), Bytes = length }
            : throw Damage(position, "a snapshot's metadata is missing");
    }

    private bool Agrees(SnapshotTotals stored) =>
        stored.Blocks == totals.Blocks && stored.Bytes == totals.Bytes && stored.Checksum == totals.Checksum;

    // The body is good until the next frame is read.
    private ReadOnlyMemory<byte> ReadFrame(out SnapshotFrameKind kind, long at, bool count = true)
    {
        Span<byte> header = stackalloc byte[SnapshotFrame.HeaderBytes];
        int read = file.Read(at, header);
        int size = read == header.Length ? SnapshotFrame.BodyBytes(header) : -1;
        if (size < 0 || at + read + size > length)
        {
            throw Damage(at, "a snapshot's frame is not whole");
        }

        if (bytes.Length < size)
        {
            bytes = GC.AllocateUninitializedArray<byte>(size);
        }

        Memory<byte> body = bytes.AsMemory(0, size);
        int got = file.Read(at + read, body.Span);
        kind = SnapshotFrame.Kind(header);
        if (got != size || SnapshotFrame.StoredChecksum(header) != SnapshotFrame.Checksum(number, at, kind, body.Span))
        {
            throw Damage(at, "a snapshot's frame is not intact");
        }

        if (count)
        {
            position = at + read + size;
            if (kind != SnapshotFrameKind.Footer)
            {
                totals.Add(header, size);
            }
        }

        return body;
    }

    private DamageFault Damage(long at, string what) => new(file.Path, Math.Max(at, 0), what);
}
