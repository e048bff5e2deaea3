using Millrace.Hosting;
using Millrace.Projects;
using Millrace.Simulation.Checks;
using Millrace.Simulation.Clients;
using Millrace.Simulation.Faults;
using Millrace.Simulation.Reference;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Testing.Disks;

namespace Millrace.Simulation.Running;

/// <summary>
/// Everything of a run that outlives a process: the disk, the clock, the clients, and what must be true.
/// </summary>
internal sealed class World
{
    public const string Folder = "/m/data";

    private readonly int referenceSeed;
    private UndisturbedRun undisturbed;
    private long synced;
    private bool lostPower;

    public World(Scenario scenario, Trace trace)
    {
        Scenario = scenario;
        Trace = trace;
        Random = new Random(scenario.Seed ^ 0x5EED);
        Project = scenario.Shop.Compile();
        Clock = new SimulatedClock(Scenario.StartMs, new Random(Random.Next()));
        Disk = new SimulatedDisk(Random.Next());
        Disk.CreateDirectory("/m");
        Disk.SyncDirectory("");
        Traffic = new ShopTraffic(scenario, new Random(Random.Next()));
        Account = new Account(s => Project.FindSource(s)!.Topic.Name);
        referenceSeed = Random.Next();
        undisturbed = new UndisturbedRun(Project, new Random(referenceSeed));
    }

    public Scenario Scenario { get; }

    public Trace Trace { get; }

    /// <summary>Decides what happens.</summary>
    public Random Random { get; }

    public CompiledProject Project { get; }

    public SimulatedClock Clock { get; }

    public SimulatedMemory Memory { get; } = new();

    public SimulatedDisk Disk { get; private set; }

    public ShopTraffic Traffic { get; }

    public Account Account { get; }

    public LogHistory History { get; } = new();

    /// <summary>How a process runs on a disk.</summary>
    public RuntimeOptions Options(SimulatedDisk disk) => new()
    {
        DataFolder = Folder,
        Disk = disk,
        Clock = Clock,
        Memory = Memory,
        MemoryBytes = SimulatedMemory.Limit,
        Durability = Scenario.Durability,
        FlushInterval = Scenario.FlushInterval,
        MaxQueuedRequests = 20,
        DiskReserveBytes = Scenario.DiskReserveBytes,
        SnapshotSliceBytes = Scenario.SnapshotSliceBytes,
        LedgerFileBytes = Scenario.LedgerFileBytes,
    };

    /// <summary>The process is gone: what is left of the disk, and what its clients know.</summary>
    public void Restart(Survival survival)
    {
        Trace.Note($"the disk keeps: {survival}");
        Account.GiveUp();
        Disk = Disk.Restart(survival);
        lostPower |= survival != Survival.All;
    }

    /// <summary>The folder is open again: all that was promised must be there.</summary>
    public void Recovered(DataFolder folder)
    {
        bool mayLose = lostPower && Scenario.Durability == Durability.Os;
        History.Recover(folder, mayLose ? synced : History.Count);
        lostPower = false;
        synced = Math.Min(synced, History.Count);
        Account.Forget(History.Count);
        Account.Check(History);
        if (undisturbed.Position > History.Count)
        {
            undisturbed = new UndisturbedRun(Project, new Random(referenceSeed));
        }

        // What is written already, before anything is written again.
        Follow(History.Count);
        TopicCheck.Derived(folder, undisturbed, isComplete: false);
    }

    /// <summary>Nothing goes wrong any more: there is room, and the disk works.</summary>
    public void Relieve()
    {
        Memory.IsFull = false;
        Disk.Capacity = long.MaxValue;
        FaultPlan.None(Disk, Trace);
    }

    /// <summary>Everything that the log holds now is on the disk for good.</summary>
    public void Synced(long position) => synced = position;

    /// <summary>The undisturbed run at a position, or null when it is already beyond.</summary>
    public UndisturbedRun? Follow(long position)
    {
        undisturbed.Follow(History, position);
        return undisturbed.Position == position ? undisturbed : null;
    }

    /// <summary>Compares all topics.</summary>
    public void CheckTopics(DataFolder folder, bool isComplete)
    {
        Account.Check(History);
        Follow(History.Count);
        TopicCheck.Sources(folder, History);
        TopicCheck.Derived(folder, undisturbed, isComplete);
    }

    /// <summary>Compares the undisturbed run with the oracle, where that can judge.</summary>
    public bool AskOracle()
    {
        if (!Scenario.IsCalm || Clock.PassedMs > 8_000)
        {
            return false;
        }

        Follow(History.Count);
        OracleCheck.Judge(Project, History, undisturbed);
        return true;
    }
}
