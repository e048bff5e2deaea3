using Millrace.Storage.Disk;

namespace Millrace.Testing.Disks;

/// <summary>An open file of a <see cref="SimulatedDisk"/>.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, string path, SimulatedNode node) : IDiskFile
{
    private bool poisoned;
    private bool disposed;

    public string Path => path;

    public long Length
    {
        get
        {
            ThrowIfDisposed();
            return node.Live.Length;
        }
    }

    public int Read(long position, Span<byte> target)
    {
        ThrowIfDisposed();
        disk.Reading?.Invoke(path);
        ThrowIfDisposed();
        ReadOnlySpan<byte> live = node.Live;
        int count = (int)Math.Clamp(live.Length - position, 0, target.Length);
        if (count > 0)
        {
            live.Slice((int)position, count).CopyTo(target);
        }

        return count;
    }

    public void Write(long position, ReadOnlySpan<byte> source)
    {
        ThrowIfPoisoned();
        DiskOutcome outcome = disk.Begin("write", path);
        long growth = position + source.Length - node.Live.Length;
        if (outcome == DiskOutcome.Proceed && growth > 0 && growth > disk.Room)
        {
            outcome = DiskOutcome.Full;
        }

        int kept = outcome == DiskOutcome.Proceed ? source.Length : disk.Random.Next(source.Length + 1);
        kept = (int)Math.Clamp(node.Live.Length + Math.Min(disk.Room, growth) - position, 0, kept);
        node.Write(position, source[..kept]);
        disk.End(outcome, "write", path);
    }

    /// <summary>No promise: what is not synced may be there after a crash at any time, or not.</summary>
    public void WriteBehind(long from, long to)
    {
        ThrowIfDisposed();
        disk.WrittenBehind?.Invoke(path, to - from);
    }

    /// <summary>No promise either.</summary>
    public void Reserve(long from, long to)
    {
        ThrowIfDisposed();
        disk.Reserved?.Invoke(path, to - from);
    }

    public void Truncate(long length)
    {
        ThrowIfPoisoned();
        DiskOutcome outcome = disk.Begin("truncate", path);
        if (outcome == DiskOutcome.Proceed)
        {
            node.Truncate(length);
        }

        disk.End(outcome, "truncate", path);
    }

    public void Sync()
    {
        ThrowIfPoisoned();
        DiskOutcome outcome = disk.Begin("sync", path);
        if (outcome == DiskOutcome.Proceed)
        {
            node.Sync();
        }
        else if (outcome != DiskOutcome.Crash)
        {
            node.FailSync(disk.Random);
            poisoned = true;
        }

        disk.End(outcome, "sync", path);
    }

    public void Dispose() => disposed = true;

    private void ThrowIfDisposed()
    {
        disk.ThrowIfDead();
        ObjectDisposedException.ThrowIf(disposed, this);
    }

    private void ThrowIfPoisoned()
    {
        ThrowIfDisposed();
        if (poisoned)
        {
            throw new DiskFault(path, "use after failed sync", 5, "Input/output error");
        }
    }
}
