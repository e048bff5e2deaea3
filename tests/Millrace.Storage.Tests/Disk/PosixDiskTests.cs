using Millrace.Storage.Disk;
using Xunit;

namespace Millrace.Storage.Tests.Disk;

/// <summary>The machine's own disk through the seam: what it does, and that a refusal is a named fault.</summary>
public sealed class PosixDiskTests : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("millrace-disk").FullName;
    private readonly PosixDisk disk = new();

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public void FilesAreWrittenReadCutRenamedAndDeleted()
    {
        disk.CreateDirectory(path + "/a/b");
        using (IDiskFile file = disk.Open(path + "/a/b/x", DiskOpen.Create))
        {
            file.Write(3, "hello"u8);
            file.WriteBehind(0, 8);
            file.Truncate(7);
            file.WriteBehind(0, 100);
            file.Sync();
            byte[] target = new byte[10];
            Assert.Equal(4, file.Read(3, target));
            Assert.Equal("hell"u8.ToArray(), target[..4]);
            Assert.Equal(0, file.Read(7, target));
            Assert.Equal(7, file.Length);
        }

        disk.Rename(path + "/a/b/x", path + "/a/b/y");
        disk.SyncDirectory(path + "/a/b");
        Assert.Equal(["y"], disk.List(path + "/a/b"));
        using (IDiskFile file = disk.Open(path + "/a/b/y", DiskOpen.Create))
        {
            Assert.Equal(0, file.Length);
        }

        disk.Delete(path + "/a/b/y");
        Assert.False(disk.FileExists(path + "/a/b/y"));
        Assert.True(disk.DirectoryExists(path + "/a/b"));
        Assert.Empty(disk.List(path + "/nowhere"));
    }

    [Fact]
    public void RefusalsNamePathOperationAndError()
    {
        DiskFault missing = Assert.Throws<DiskFault>(() => disk.Rename(path + "/no", path + "/where"));
        Assert.Equal((path + "/no", "rename", 2), (missing.Path, missing.Operation, missing.ErrorNumber));
        Assert.Equal("delete", Assert.Throws<DiskFault>(() => disk.Delete(path + "/no")).Operation);
        Assert.Equal("open", Assert.Throws<DiskFault>(() => disk.Open(path + "/no", DiskOpen.Read)).Operation);
        Assert.Equal(
            "open directory", Assert.Throws<DiskFault>(() => disk.SyncDirectory(path + "/no")).Operation);
        using IDiskFile file = disk.Open(path + "/r", DiskOpen.Create);
        using IDiskFile readOnly = disk.Open(path + "/r", DiskOpen.Read);
        Assert.Equal("write", Assert.Throws<DiskFault>(() => readOnly.Write(0, "x"u8)).Operation);
        Assert.Equal("truncate", Assert.Throws<DiskFault>(() => readOnly.Truncate(0)).Operation);
    }

    [Fact]
    public void AFullDiskSaysSo()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        using IDiskFile file = disk.Open("/dev/full", DiskOpen.Write);
        DiskFault fault = Assert.Throws<DiskFault>(() => file.Write(0, "x"u8));
        Assert.True(fault.IsFull);
    }

    [Fact]
    public void AFailedSyncIsThrownAndPoisonsTheFile()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        // A character device cannot be synced (EINVAL): the one sync that fails on every machine.
        using IDiskFile file = disk.Open("/dev/full", DiskOpen.Write);
        Assert.Equal("sync", Assert.Throws<DiskFault>(file.Sync).Operation);
        Assert.Contains("failed sync", Assert.Throws<DiskFault>(file.Sync).Message, StringComparison.Ordinal);
        Assert.Contains(
            "failed sync", Assert.Throws<DiskFault>(() => file.Write(0, "x"u8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALockHasOneHolder()
    {
        IDisposable? first = disk.TryLock(path + "/LOCK");
        Assert.NotNull(first);
        Assert.Null(disk.TryLock(path + "/LOCK"));
        first.Dispose();
        using IDisposable? next = disk.TryLock(path + "/LOCK");
        Assert.NotNull(next);
    }
}
