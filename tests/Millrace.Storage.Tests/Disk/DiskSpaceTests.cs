using Millrace.Storage.Disk;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Disk;

/// <summary>What a disk says of its room, and what a full one does.</summary>
public class DiskSpaceTests
{
    [Fact]
    public void TheMachinesDiskHasSomeRoom() => Assert.InRange(new PosixDisk().FreeBytes("."), 1, long.MaxValue);

    [Fact]
    public void ASimulatedDiskIsFullAtItsCapacityAndCanBeFreed()
    {
        SimulatedDisk disk = new(1);
        disk.CreateDirectory("/d");
        Assert.Equal(long.MaxValue, disk.FreeBytes("/d"));
        disk.Capacity = 100;
        IDiskFile file = disk.Open("/d/a", DiskOpen.Create);
        file.Write(0, new byte[60]);
        Assert.Equal(40, disk.FreeBytes("/d/a"));
        file.Write(50, new byte[10]);
        Assert.True(Assert.Throws<DiskFault>(() => file.Write(60, new byte[41])).IsFull);
        Assert.InRange(file.Length, 60, 100);
        file.Truncate(60);
        file.Write(60, new byte[40]);
        Assert.Equal(0, disk.FreeBytes("/d"));
        disk.Capacity = 50;
        Assert.Equal(0, disk.FreeBytes("/d"));
        disk.Delete("/d/a");
        Assert.Equal(50, disk.FreeBytes("/d"));
    }
}
