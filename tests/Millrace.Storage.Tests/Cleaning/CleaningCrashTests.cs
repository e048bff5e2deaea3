using Millrace.Storage.Disk;
using Millrace.Storage.Tests.Crashes;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Cleaning;

/// <summary>
/// Kills, faults and full disks at every operation of a life in which old records go: nothing goes that is needed,
/// nothing comes back, and a full disk is outlived.
/// </summary>
public class CleaningCrashTests
{
    private const int Actions = 50;

    [Theory]
    [InlineData(Durability.Fsync, Survival.All, DiskOutcome.Crash)]
    [InlineData(Durability.Fsync, Survival.Some, DiskOutcome.Crash)]
    [InlineData(Durability.Os, Survival.Some, DiskOutcome.Crash)]
    [InlineData(Durability.Fsync, Survival.Some, DiskOutcome.Fail)]
    [InlineData(Durability.Os, Survival.None, DiskOutcome.Fail)]
    [InlineData(Durability.Fsync, Survival.Some, DiskOutcome.Full)]
    [InlineData(Durability.Os, Survival.None, DiskOutcome.Full)]
    public void AtEveryOperation(Durability durability, Survival survival, DiskOutcome outcome)
    {
        int removals = 0;
        int swaps = 0;
        int missing = 0;
        int outlived = 0;
        bool reached = true;
        int at = 1;
        for (; reached; at++)
        {
            CleaningLife life = new(seed: 20, durability);
            SimulatedDisk disk = FolderWorkload.NewDisk(seed: at);
            int killAt = disk.Operations + at;
            disk.Script = op =>
            {
                swaps += op.Name == "rename" && op.Path.EndsWith(".swap", StringComparison.Ordinal) ? 1 : 0;
                return op.Number == killAt ? outcome : DiskOutcome.Proceed;
            };
            bool survived = Survives(() => life.Run(disk, Actions, close: true), at);
            reached = disk.Operations >= killAt;
            outlived += survived && reached ? 1 : 0;
            removals += life.Removals;
            missing += life.Missing;
            life.NoteRestart(survival);
            disk = disk.Restart(survival);
            Explain(() => life.Run(disk, 6, close: false), at);
            Explain(() => life.Run(disk.Restart(Survival.All), 0, close: true), at);
        }

        Assert.True(removals > 100, $"too little was removed: {removals} in {at} runs");
        Assert.True(swaps > 100 && missing > 100, $"too little was compacted: {swaps} swaps, {missing} missing");
        Assert.True(outcome != DiskOutcome.Full || outlived > 100, "full disks were not outlived: " + outlived);
    }

    [Fact]
    public void LifeAfterLife()
    {
        int removals = 0;
        int refusals = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            Random random = new(seed);
            SimulatedDisk disk = FolderWorkload.NewDisk(seed);
            CleaningLife life = new(seed, (Durability)random.Next(2));
            for (int i = 0; i < 6; i++)
            {
                int at = disk.Operations + 1 + random.Next(400);
                DiskOutcome outcome = (DiskOutcome)(1 + random.Next(3));
                disk.Script = operation => operation.Number == at ? outcome : DiskOutcome.Proceed;
                SimulatedDisk current = disk;
                disk.Capacity = random.Next(2) == 0 ? long.MaxValue : disk.UsedBytes + 2000 + random.Next(6000);
                life.MakeRoom = () => current.Capacity = Math.Max(current.Capacity, current.UsedBytes) + 3000;
                Survives(() => life.Run(current, Actions, random.Next(2) == 0), seed);
                Survival survival = (Survival)random.Next(3);
                life.NoteRestart(survival);
                disk = disk.Restart(survival);
                disk.Capacity = long.MaxValue;
            }

            Explain(() => life.Run(disk, Actions, close: true), seed);
            removals += life.Removals;
            refusals += life.Refusals;
        }

        Assert.True(removals > 500 && refusals > 250, $"{removals} removals, {refusals} refusals");
    }

    private static bool Survives(Action run, int at)
    {
        try
        {
            Explain(run, at);
            return true;
        }
        catch (Exception e) when (e is SimulatedCrash or DiskFault or PoisonedFault)
        {
            return false;
        }
    }

    private static void Explain(Action run, int at)
    {
        try
        {
            run();
        }
        catch (Exception e) when (e is not (SimulatedCrash or DiskFault or PoisonedFault))
        {
            throw new InvalidOperationException($"operation or seed {at}: {e.Message}", e);
        }
    }
}
