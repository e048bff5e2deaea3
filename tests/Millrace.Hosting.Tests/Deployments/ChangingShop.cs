using System.Text;
using Millrace.Engine;
using Millrace.Hosting.Deployments;
using Millrace.Hosting.Running;
using Millrace.Hosting.Tests.Support;
using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Hosting.Tests.Deployments;

/// <summary>A runtime without threads over a disk in memory, whose project changes from process to process.</summary>
internal sealed class ChangingShop : IDisposable
{
    public const string Folder = "/d/data";

    // Less than the state of the tests' shop: it goes to a snapshot and to another engine in several slices.
    private const int SliceBytes = 64;

    private readonly SteppedClock clock = new(RunningShop.StartMs);
    private RuntimeCore? core;

    public SimulatedDisk Disk { get; set; } = NewDisk();

    public RuntimeCore Core => core!;

    public string Running => string.Join(", ", Core.Engine.Run.Project.Models.Select(m => m.Name));

    /// <summary>Opens the folder with a project; nothing runs yet.</summary>
    public void Open(string yaml, bool prune = false) => core = RuntimeCore.Open(
        TestProject.Compile(yaml),
        new RuntimeOptions
        {
            DataFolder = Folder,
            Clock = clock,
            Disk = Disk,
            Durability = Durability.Fsync,
            Sources = TestProject.SourcesOf(yaml),
            Prune = prune,
            SnapshotSliceBytes = SliceBytes,
        },
        new SequentialWorkers());

    /// <summary>What starting a project on the folder would change.</summary>
    public DeploymentPreview Plan(string yaml, bool prune = false) => DeploymentPreview.Read(
        Disk, Folder, TestProject.Compile(yaml), TestProject.SourcesOf(yaml), prunes: prune);

    /// <summary>Lets go of all that the settings do not keep, as if no snapshot needed it.</summary>
    public void LetGo()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Core.Folder.ApplyRetention(now, p => p.CommittedEnd);
    }

    /// <summary>Opens the folder with a project and runs until nothing is to be done.</summary>
    public void Start(string yaml, bool prune = false)
    {
        Open(yaml, prune);
        RunAll();
        Assert.True(Core.Ready.IsCompletedSuccessfully, Core.GetStatus().Fault?.ToString());
    }

    /// <summary>Runs the activities in turn until none has anything to do.</summary>
    public void RunAll() => Run(Core.Activities);

    /// <summary>Runs what steps, but nothing that rebuilds.</summary>
    public void RunSteps() => Run([Core.Writer, Core.Engine]);

    public void Append(string source, string body, long? timestampMs = null)
    {
        Task<AppendResult> answer = Core.Append(source, Encoding.UTF8.GetBytes(body), timestampMs);
        RunAll();
        Assert.Equal(AppendOutcome.Committed, answer.Result.Outcome);
    }

    public void Advance(double seconds)
    {
        clock.Advance(TimeSpan.FromSeconds(seconds));
        RunAll();
    }

    public void Stop()
    {
        Core.StopInTurn();
        Core.Dispose();
        core = null;
    }

    /// <summary>The process ends without a word; the disk keeps everything.</summary>
    public void Kill(Survival survival = Survival.All)
    {
        core?.Dispose();
        core = null;
        Disk = Disk.Restart(survival);
    }

    /// <summary>The rows of a model's topic, by partition.</summary>
    public string[] Rows(string model)
    {
        ProjectRun run = Core.Engine.Run;
        int index = run.Views.ToList().FindIndex(v => v.Model.Name == model);
        return Records(run.Topics.Models[index].Topic);
    }

    /// <summary>All that the models of the running project have written, by model.</summary>
    public Dictionary<string, string[]> AllRows() =>
        Core.Engine.Run.Project.Models.ToDictionary(m => m.Name, m => Rows(m.Name));

    public string[] Read(string model, ViewParts parts)
    {
        ViewQuery query = new() { Parts = parts, Limit = int.MaxValue };
        Task<ViewCapture> capture = Core.Capture(model, query);
        RunAll();
        return [.. capture.Result.Answer(query).Rows.Select(r => Encoding.UTF8.GetString(r.Json.Span)).Order()];
    }

    /// <summary>Asks for a model's live rows and lets nothing run; null before there is a runtime.</summary>
    public Task<ViewCapture>? TryCapture(string model) =>
        core?.Capture(model, new ViewQuery { Parts = ViewParts.LiveOnly, Limit = int.MaxValue });

    public string[] Topics() => [.. Core.Folder.Topics.Select(t => t.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => core?.Dispose();

    private static SimulatedDisk NewDisk()
    {
        SimulatedDisk disk = new(1) { Script = static _ => DiskOutcome.Proceed };
        disk.CreateDirectory("/d");
        disk.SyncDirectory("");
        return disk;
    }

    private static void Run(IReadOnlyList<IActivity> activities)
    {
        bool hasRun = true;
        while (hasRun)
        {
            hasRun = false;
            foreach (IActivity activity in activities)
            {
                hasRun |= activity.TryRunOnce();
            }
        }
    }

    private static string[] Records(TopicLog topic)
    {
        List<string> rows = [];
        foreach (PartitionLog partition in topic.Partitions)
        {
            PartitionReader reader = partition.OpenReader();
            while (reader.MoveNext())
            {
                rows.Add($"{partition.Partition} {Encoding.UTF8.GetString(reader.Value.Bytes)}");
            }
        }

        return [.. rows];
    }
}
