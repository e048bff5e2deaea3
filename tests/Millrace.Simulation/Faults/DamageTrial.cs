using Millrace.Hosting.Deployments;
using Millrace.Hosting.Running;
using Millrace.Simulation.Checks;
using Millrace.Simulation.Running;
using Millrace.Storage.Disk;
using Millrace.Testing.Disks;

namespace Millrace.Simulation.Faults;

/// <summary>
/// Flips a bit of a file while no process runs, on a copy of the disk, and starts a process there. It may refuse or end
/// with a fault that says so; where it goes on, everything must be right. A damaged snapshot is no reason to refuse.
/// </summary>
internal static class DamageTrial
{
    /// <param name="world">The folder was closed well: what is in it was promised, to the last byte.</param>
    /// <returns>Whether the damage was told.</returns>
    public static bool Run(World world)
    {
        SimulatedDisk disk = world.Disk.Copy();
        (string path, int length) = Choose(disk, world.Random);
        long bit = world.Random.NextInt64(length * 8L);
        disk.Flip(path, bit);
        world.Trace.Note($"bit {bit} of {path} flips");
        bool isVerified = FolderCheck.HasSome(disk);
        world.Trace.Note($"verification tells it: {isVerified}");
        try
        {
            GoOn(world, disk);
            return false;
        }
        catch (Exception e) when (e is StorageFault or ReplayFault or DeploymentFault or RestartFault
            && MayRefuse(world, path))
        {
            world.Trace.Note("told: " + e.Message);
            return true;
        }
        catch (SimulationFailure failure)
        {
            throw new SimulationFailure($"bit {bit} of {path} was flipped: {failure.Message}", failure);
        }
    }

    // Without the log from its beginning there may be no other way to the state than this snapshot.
    private static bool MayRefuse(World world, string path) => !IsSnapshot(path) || !world.Scenario.Shop.KeepsAll;

    private static bool IsSnapshot(string path) => path.EndsWith(".snapshot", StringComparison.Ordinal);

    // As often a snapshot as all the rest: segments and ledger are many.
    private static (string Path, int Length) Choose(SimulatedDisk disk, Random random)
    {
        bool wantsSnapshot = random.Next(2) == 0;
        (string Path, int Length)[] files = [.. disk.Files().Where(f => f.Length > 0)];
        (string Path, int Length)[] chosen = [.. files.Where(f => IsSnapshot(f.Path) == wantsSnapshot)];
        return chosen.Length == 0 ? files[random.Next(files.Length)] : chosen[random.Next(chosen.Length)];
    }

    private static void GoOn(World world, SimulatedDisk disk)
    {
        SimulatedProcess process = SimulatedProcess.Start(world.Project, world.Options(disk), 1);
        try
        {
            if (process.Folder.CommittedPosition != world.History.Count)
            {
                throw new SimulationFailure(
                    $"the log ends at {process.Folder.CommittedPosition}, not at {world.History.Count}");
            }

            while (process.Engine.TryRunOnce())
            {
            }

            TopicCheck.Sources(process.Folder, world.History);
            TopicCheck.Derived(process.Folder, world.Expected, isComplete: true);
            ViewCheck.All(process, world.Expected);
            CounterCheck.All(process, world.History, world.Expected);
        }
        finally
        {
            process.Abandon();
        }
    }
}
