using Millrace.Storage.Disk;

namespace Millrace.Hosting.Tests.Support;

/// <summary>The real disk, whose syncs can be held up or made to fail.</summary>
internal sealed class ControlledDisk : IDisk
{
    private readonly PosixDisk disk = new();
    private readonly ManualResetEventSlim open = new(true);

    public bool FailsToSync { get; set; }

    /// <summary>Set when a sync is held up.</summary>
    public ManualResetEventSlim IsHeld { get; } = new(false);

    public void Hold() => open.Reset();

    public void Release() => open.Set();

    public bool FileExists(string path) => disk.FileExists(path);

    public bool DirectoryExists(string path) => disk.DirectoryExists(path);

    public IReadOnlyList<string> List(string directory) => disk.List(directory);

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public IDiskFile Open(string path, DiskOpen mode) => new ControlledFile(this, disk.Open(path, mode));

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void DeleteDirectory(string path) => disk.DeleteDirectory(path);

    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    public long FreeBytes(string path) => disk.FreeBytes(path);

    public IDisposable? TryLock(string path) => disk.TryLock(path);

    private sealed class ControlledFile(ControlledDisk owner, IDiskFile file) : IDiskFile
    {
        public string Path => file.Path;

        public long Length => file.Length;

        public int Read(long position, Span<byte> target) => file.Read(position, target);

        public void Write(long position, ReadOnlySpan<byte> source) => file.Write(position, source);

        public void WriteBehind(long from, long to) => file.WriteBehind(from, to);

        public void Reserve(long from, long to) => file.Reserve(from, to);

        public void Truncate(long length) => file.Truncate(length);

        public void Sync()
        {
            if (!owner.open.IsSet)
            {
                owner.IsHeld.Set();
                owner.open.Wait();
            }

            if (owner.FailsToSync)
            {
                throw new DiskFault(file.Path, "sync", 5, "Input/output error");
            }

            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
