using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Crashes;

/// <summary>
/// Kills and faults at every operation of the disk. After each: what was acknowledged is there once, in order; nothing
/// was invented; derived topics are what replay gives.
/// </summary>
public class CrashTests
{
    private const int Actions = 14;
    private const string NewFolder = "/srv/shop/data";

    [Theory]
    [InlineData(Durability.Fsync, Survival.All)]
    [InlineData(Durability.Fsync, Survival.None)]
    [InlineData(Durability.Fsync, Survival.Some)]
    [InlineData(Durability.Os, Survival.All)]
    [InlineData(Durability.Os, Survival.None)]
    [InlineData(Durability.Os, Survival.Some)]
    public void KilledAtEveryOperation(Durability durability, Survival survival) =>
        AtEveryOperation(durability, survival, DiskOutcome.Crash);

    [Theory]
    [InlineData(Durability.Fsync, Survival.All, DiskOutcome.Fail)]
    [InlineData(Durability.Fsync, Survival.Some, DiskOutcome.Fail)]
    [InlineData(Durability.Os, Survival.All, DiskOutcome.Fail)]
    [InlineData(Durability.Fsync, Survival.All, DiskOutcome.Full)]
    [InlineData(Durability.Os, Survival.None, DiskOutcome.Full)]
    public void FaultAtEveryOperation(Durability durability, Survival survival, DiskOutcome outcome) =>
        AtEveryOperation(durability, survival, outcome);

    [Fact]
    public void KilledAgainAndAgainAlsoInRecovery()
    {
        for (int seed = 0; seed < 2500; seed++)
        {
            KilledAgainAndAgain(seed);
        }
    }

    /// <summary>
    /// Here openings are killed between a cut and its sync, and the power fails when the place is in use again.
    /// </summary>
    [Theory]
    [InlineData(3654)]
    [InlineData(7356)]
    [InlineData(10647)]
    public void KilledBeforeACutIsSynced(int seed) => KilledAgainAndAgain(seed);

    /// <summary>The first process makes them and dies anywhere; what the second is told is there for good.</summary>
    [Fact]
    public void NewFoldersAboveTheDataFolderStay()
    {
        bool isReached = true;
        int at = 0;
        while (isReached)
        {
            int killAt = ++at;
            isReached = false;
            SimulatedDisk disk = new(at);
            disk.Script = operation =>
            {
                isReached |= operation.Number == killAt;
                return operation.Number == killAt ? DiskOutcome.Crash : DiskOutcome.Proceed;
            };
            Survives(() => CommitOne(disk), at, killAt);
            disk = disk.Restart(Survival.All);
            CommitOne(disk);
            disk = disk.Restart(Survival.None);
            using DataFolder folder = DataFolder.Open(disk, NewFolder, new DataFolderOptions());
            Assert.InRange(folder.CommittedPosition, 1, 2);
        }

        Assert.True(at > 15, "it did too little: " + at);
    }

    private static void CommitOne(SimulatedDisk disk)
    {
        using DataFolder folder = DataFolder.Open(disk, NewFolder, new DataFolderOptions());
        folder.Commit.AddTick(1);
        folder.Commit.Commit();
    }

    private static void KilledAgainAndAgain(int seed)
    {
        Random random = new(seed);
        FolderWorkload workload = new(seed, (Durability)random.Next(2)) { Compresses = seed % 3 == 0 };
        SimulatedDisk disk = FolderWorkload.NewDisk(seed);
        for (int life = 0; life < 6; life++)
        {
            int at = disk.Operations + 1 + random.Next(random.Next(2) == 0 ? 12 : 150);
            DiskOutcome outcome = (DiskOutcome)(1 + random.Next(3));
            disk.Script = operation => operation.Number == at ? outcome : DiskOutcome.Proceed;
            Survives(() => workload.Run(disk, Actions, random.Next(2) == 0), seed, at);
            Survival survival = (Survival)random.Next(3);
            workload.NoteRestart(survival);
            disk = disk.Restart(survival);
        }

        Explain(() => workload.Run(disk, Actions, close: true), seed, -1);
    }

    private static void AtEveryOperation(Durability durability, Survival survival, DiskOutcome outcome)
    {
        bool isReached = true;
        int at = 0;
        while (isReached)
        {
            at++;
            isReached = false;
            int killAt = at;
            FolderWorkload workload = new(seed: 11 + (at % 3), durability) { Compresses = at % 2 == 0 };
            SimulatedDisk disk = FolderWorkload.NewDisk(seed: at);
            int before = disk.Operations;
            disk.Script = op =>
            {
                isReached |= op.Number == before + killAt;
                return op.Number == before + killAt ? outcome : DiskOutcome.Proceed;
            };
            Survives(() => workload.Run(disk, Actions, close: true), at, killAt);
            workload.NoteRestart(survival);
            disk = disk.Restart(survival);
            Explain(() => workload.Run(disk, 3, close: false), at, killAt);
            Explain(() => workload.Run(disk, 0, close: true), at, killAt);
        }

        Assert.True(at > 80, "the workload did too little: " + at);
    }

    private static void Survives(Action run, int seed, int at)
    {
        try
        {
            Explain(run, seed, at);
        }
        catch (Exception e) when (e is SimulatedCrash or DiskFault or DiskFullFault or PoisonedFault)
        {
        }
    }

    private static void Explain(Action run, int seed, int at)
    {
        try
        {
            run();
        }
        catch (Exception e) when (e is not (SimulatedCrash or DiskFault or DiskFullFault or PoisonedFault))
        {
            throw new InvalidOperationException($"seed {seed}, operation {at}: {e.Message}", e);
        }
    }
}
