using Millrace.Hosting;
using Millrace.Hosting.Deployments;
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

    private readonly ShopVariant original;
    private ShopVariant target;
    private readonly List<ShopVariant> attempted = [];
    private HashSet<int>? gaps;
    private long synced;
    private bool lostPower;

    public World(Scenario scenario, Trace trace)
    {
        Scenario = scenario;
        Trace = trace;
        Random = new Random(scenario.Seed ^ 0x5EED);
        original = target = scenario.Shop;
        Clock = new SimulatedClock(Scenario.StartMs, new Random(Random.Next()));
        Disk = new SimulatedDisk(Random.Next());
        Traffic = new ShopTraffic(scenario, new Random(Random.Next()));
        Account = new Account(s => Project.FindSource(s)!.Topic.Name);
        Expected = new ExpectedTopics(Random.Next());
    }

    public Scenario Scenario { get; }

    public Trace Trace { get; }

    /// <summary>Decides what happens.</summary>
    public Random Random { get; }

    /// <summary>The project that shall run.</summary>
    public CompiledProject Project => target.Compile();

    public SimulatedClock Clock { get; }

    public SimulatedMemory Memory { get; } = new();

    public SimulatedDisk Disk { get; private set; }

    public ShopTraffic Traffic { get; }

    public Account Account { get; }

    public LogHistory History { get; } = new();

    public ExpectedTopics Expected { get; }

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
        RetentionInterval = Scenario.RetentionInterval,
        Sources = Scenario.Changes ? target.Sources() : null,
        MaxQueuedRequests = 20,
        DiskReserveBytes = Scenario.DiskReserveBytes,
        SnapshotSliceBytes = Scenario.SnapshotSliceBytes,
        LedgerFileBytes = Scenario.LedgerFileBytes,
        ReplayCheckInterval = Scenario.ReplayCheckInterval,
        MaxStepRecords = Scenario.MaxStepRecords,
    };

    /// <summary>
    /// Looks at the folder as <c>up</c> does before anything else, whatever a process before has left.
    /// </summary>
    public void Preview()
    {
        if (Scenario.Changes && DeploymentPreview.Read(Disk, Folder, Project, target.Sources()) is
            { Changes.IsRefused: true } plan)
        {
            throw new SimulationFailure(string.Join('\n', plan.Changes.Tables.SelectMany(t => t.Reasons)));
        }
    }

    /// <summary>The process is gone: what is left of the disk, and what its clients know.</summary>
    public void Restart(Survival survival)
    {
        Trace.Note($"the disk keeps: {survival}");
        Account.GiveUp();
        Disk = Disk.Restart(survival);
        if (Disk.DirectoryExists(Folder) && Random.Next(4) == 0)
        {
            Trace.Note("the folder is restored without its empty folders");
            Disk.RemoveEmptyDirectories(Folder);
        }

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
        Expected.Forget(History);
        NoteDeployment(folder);

        // What this process computes anew it computes from this: until then nothing more is let go.
        gaps = Scenario.Changes && !Scenario.Shop.KeepsAll ? History.GapsOf(folder) : null;

        // What is written already, before anything is written again.
        Expected.Follow(History, History.Count);
        TopicCheck.Derived(folder, Expected, isComplete: false);
    }

    /// <summary>Somebody edits the project, or does not.</summary>
    public void Edit()
    {
        if (Scenario.Changes && Random.Next(2) == 0)
        {
            attempted.Add(target);
            target = original with { Edits = ShopVariant.AnyEdits(Random) };
            Trace.Note($"the project is edited: {target.Edits}");
        }
    }

    /// <summary>Looks whether the project has changed; true when it has.</summary>
    public bool NoteDeployment(DataFolder folder)
    {
        if (folder.Deployment.Number == Expected.Deployments)
        {
            return false;
        }

        if (folder.Deployment.Number != Expected.Deployments + 1)
        {
            throw new SimulationFailure(
                $"deployment {folder.Deployment.Number} runs, {Expected.Deployments} were made");
        }

        DeploymentRecord record = DeploymentRecord.Read(folder.Deployment.Bytes.Span);
        Trace.Note($"deployment {folder.Deployment.Number} from {record.Position} on");
        Expected.Deploy(Deployed(folder.Deployment.Number), record.Position, History, gaps);
        return true;
    }

    // A process before may have made it in its last moments, with the project of then.
    private CompiledProject Deployed(long number)
    {
        if (!Scenario.Changes)
        {
            return Project;
        }

        CompiledProject stored = new ProjectArchive(Disk, Folder).Compile(number, target.Sources());
        return attempted.Append(target).Select(v => v.Compile())
            .FirstOrDefault(p => ProjectChanges.Compare(stored, p).IsEmpty)
            ?? throw new SimulationFailure($"nobody asked for the project of deployment {number}");
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

    /// <summary>Compares all topics.</summary>
    public void CheckTopics(DataFolder folder, bool isComplete)
    {
        Account.Check(History);
        Expected.Follow(History, History.Count);
        TopicCheck.Sources(folder, History);
        TopicCheck.Derived(folder, Expected, isComplete);
    }

    /// <summary>Compares what is expected with the oracle, where that can judge.</summary>
    public bool AskOracle()
    {
        if (!Scenario.IsCalm || Scenario.Changes || Clock.PassedMs > 8_000)
        {
            return false;
        }

        Expected.Follow(History, History.Count);
        OracleCheck.Judge(History, Expected);
        return true;
    }
}
