using Millrace.Storage.Disk;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Snapshots;

/// <summary>Kills and faults at every operation of the disk while snapshots are written and removed.</summary>
public class SnapshotCrashTests
{
    [Theory]
    [InlineData(Survival.All, DiskOutcome.Crash)]
    [InlineData(Survival.None, DiskOutcome.Crash)]
    [InlineData(Survival.Some, DiskOutcome.Crash)]
    [InlineData(Survival.All, DiskOutcome.Fail)]
    [InlineData(Survival.Some, DiskOutcome.Fail)]
    [InlineData(Survival.None, DiskOutcome.Full)]
    public void WhatWasCompletedIsThereAndNothingElse(Survival survival, DiskOutcome outcome)
    {
        int at = 0;
        for (bool survived = false; !survived;)
        {
            int killAt = ++at;
            SnapshotLife life = new(at % 5);
            SimulatedDisk disk = SnapshotLife.NewDisk(at);
            int before = disk.Operations;
            disk.Script = op => op.Number == before + killAt ? outcome : DiskOutcome.Proceed;
            survived = Survives(() => life.Run(disk, actions: 20));
            disk = disk.Restart(survival);
            life.Run(disk, actions: 3);
        }

        Assert.True(at > 45, "too little was done: " + at);
    }

    [Fact]
    public void KilledAgainAndAgain()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            SnapshotLife life = new(seed);
            SimulatedDisk disk = SnapshotLife.NewDisk(seed);
            for (int round = 0; round < 5; round++)
            {
                int at = disk.Operations + 1 + random.Next(80);
                DiskOutcome outcome = (DiskOutcome)(1 + random.Next(3));
                disk.Script = op => op.Number == at ? outcome : DiskOutcome.Proceed;
                Survives(() => life.Run(disk, actions: 8));
                disk = disk.Restart((Survival)random.Next(3));
            }

            life.Run(disk, actions: 2);
        }
    }

    private static bool Survives(Action run)
    {
        try
        {
            run();
            return true;
        }
        catch (Exception e) when (e is SimulatedCrash or DiskFault)
        {
            return false;
        }
    }
}
