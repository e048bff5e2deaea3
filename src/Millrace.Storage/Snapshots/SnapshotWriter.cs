using Millrace.Storage.Disk;

namespace Millrace.Storage.Snapshots;

/// <summary>
/// Writes one snapshot: blocks, then <see cref="Complete"/> or <see cref="Abandon"/>. Used by one thread at a time, any
/// one; every write and sync happens on that thread. A failure is a <see cref="DiskFault"/>: then only
/// <see cref="Abandon"/> is left, and neither the log nor the other snapshots are touched by it.
/// </summary>
public sealed class SnapshotWriter
{
    /// <summary>
    /// Bytes after which the disk begins with what was written, so that a commit's own sync never waits behind a whole
    /// snapshot.
    /// </summary>
    private const int WriteBehindBytes = 1 << 20;

    private const int BufferBytes = 64 << 10;
    private readonly SnapshotStore store;
    private readonly IDiskFile file;
    private readonly byte[] buffer = new byte[BufferBytes];
    private int buffered;
    private long written;
    private long begun;
    private SnapshotTotals totals;
    private bool isOpen = true;

    internal SnapshotWriter(SnapshotStore store, SnapshotInfo info, IDiskFile file)
    {
        this.store = store;
        this.file = file;
        Info = info;
        Write(SnapshotFrameKind.Header, SnapshotHeader.Encode(info));
        Write(SnapshotFrameKind.Metadata, info.Metadata.Span);
    }

    /// <summary>What is being written, with its number.</summary>
    public SnapshotInfo Info { get; }

    /// <summary>Bytes of blocks and frames so far.</summary>
    public long Bytes => totals.Bytes;

    /// <summary>Adds a block, at most 1 GiB; its bytes are the caller's again when this returns.</summary>
    public void Write(ReadOnlySpan<byte> block) => Write(SnapshotFrameKind.Block, block);

    /// <summary>
    /// Makes the snapshot durable and then valid: synced, renamed, the folder synced. Returns it as it is listed.
    /// </summary>
    public SnapshotInfo Complete()
    {
        Span<byte> footer = stackalloc byte[SnapshotTotals.Size];
        SnapshotTotals all = totals;
        all.Write(footer);
        Write(SnapshotFrameKind.Footer, footer);
        Flush();
        file.Sync();
        isOpen = false;
        file.Dispose();
        return store.Complete(Info with { Bytes = written, Blocks = all.Blocks });
    }

    /// <summary>Drops what was written. To be called also after a failure; does nothing after completion.</summary>
    public void Abandon()
    {
        isOpen = false;
        file.Dispose();
        store.Abandon(Info);
    }

    private void Write(SnapshotFrameKind kind, ReadOnlySpan<byte> body)
    {
        if (!isOpen)
        {
            throw new InvalidOperationException("the snapshot is completed or abandoned");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, SnapshotFrame.MaxBodyBytes, nameof(body));
        Span<byte> header = stackalloc byte[SnapshotFrame.HeaderBytes];
        SnapshotFrame.WriteHeader(header, Info.Number, totals.Bytes, kind, body);
        totals.Add(header, body.Length);
        Append(header);
        Append(body);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (buffered + bytes.Length > buffer.Length)
        {
            Flush();
        }

        if (bytes.Length > buffer.Length)
        {
            Put(bytes);
            return;
        }

        bytes.CopyTo(buffer.AsSpan(buffered));
        buffered += bytes.Length;
    }

    private void Flush()
    {
        Put(buffer.AsSpan(0, buffered));
        buffered = 0;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        file.Write(written, bytes);
        written += bytes.Length;
        if (written - begun >= WriteBehindBytes)
        {
            file.WriteBehind(begun, written);
            begun = written;
        }
    }
}
