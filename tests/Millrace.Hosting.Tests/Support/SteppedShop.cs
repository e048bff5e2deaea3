using System.Text;
using Millrace.Engine;
using Millrace.Hosting.Pressure;
using Millrace.Hosting.Running;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Hosting.Tests.Support;

/// <summary>
/// A runtime without threads on a simulated disk: what happens, happens when the test says so. May be killed and
/// started again, with another number of workers.
/// </summary>
internal sealed class SteppedShop
{
    public const long StartMs = RunningShop.StartMs;

    public SteppedShop(CompiledProject? project = null, Func<RuntimeOptions, RuntimeOptions>? configure = null)
    {
        Project = project ?? TestProject.Compile(TestProject.Shop);
        Options = new RuntimeOptions { DataFolder = "/m/data", Clock = Clock, Disk = Disk, Memory = Memory };
        Options = configure?.Invoke(Options) ?? Options;
        Disk.CreateDirectory("/m");
        Disk.SyncDirectory("");
        Core = Open();
        Run();
    }

    public CompiledProject Project { get; set; }

    public SimulatedDisk Disk { get; private set; } = new(1);

    public SteppedClock Clock { get; } = new(StartMs);

    public FakeMemory Memory { get; } = new();

    public RuntimeOptions Options { get; set; }

    public int Workers { get; set; } = 1;

    public RuntimeCore Core { get; private set; }

    /// <summary>Runs all activities until none has anything to do.</summary>
    public void Run()
    {
        while (Core.Activities.Aggregate(false, static (busy, a) => a.TryRunOnce() || busy))
        {
        }
    }

    public void Advance(TimeSpan by)
    {
        Clock.Advance(by);
        Run();
    }

    public AppendOutcome Append(string source, string body, long? timestampMs = null)
    {
        Task<AppendResult> answer = Core.Append(source, Encoding.UTF8.GetBytes(body), timestampMs);
        Run();
        Assert.True(answer.IsCompleted);
        return answer.Result.Outcome;
    }

    public string[] Rows(string model, ViewQuery? query = null)
    {
        query ??= new ViewQuery { Limit = int.MaxValue };
        Task<ViewCapture> capture = Core.Capture(model, query);
        Run();
        ViewAnswer answer = capture.Result.Answer(query);
        Assert.Equal((ViewOutcome.Answered, null), (answer.Outcome, answer.Problem));
        return [.. answer.Rows.Select(r => (r.IsLive ? "live " : "") + Encoding.UTF8.GetString(r.Json.Span))];
    }

    /// <summary>Takes a snapshot, to its end; the number of its file.</summary>
    public long Snapshot()
    {
        Task<Storage.Snapshots.SnapshotInfo?> taken = Core.TakeSnapshot();
        Run();
        Assert.NotNull(taken.Result);
        return taken.Result.Number;
    }

    public void Stop()
    {
        Core.StopInTurn();
        Core.Dispose();
    }

    /// <summary>Ends as a killed process, whose disk then keeps as much as it must.</summary>
    public void Kill(Survival survival = Survival.Some)
    {
        Disk = Disk.Restart(survival);
        Options = Options with { Disk = Disk };
    }

    public void StartAgain()
    {
        Reopen();
        Run();
    }

    /// <summary>A new process on the folder, which does nothing yet.</summary>
    public void Reopen() => Core = Open();

    /// <summary>What the topics hold: by topic and partition the records' keys, values and timestamps.</summary>
    public Dictionary<string, string[]> Topics()
    {
        using DataFolder folder = DataFolder.OpenReadOnly(Disk, Options.DataFolder);
        return folder.Topics.SelectMany(t => t.Partitions).ToDictionary(p => $"{p.Topic}/{p.Partition}", Lines);
    }

    private static string[] Lines(PartitionLog partition)
    {
        List<string> lines = [];
        PartitionReader reader = partition.OpenReader();
        while (reader.MoveNext())
        {
            string key = Encoding.UTF8.GetString(reader.Key.Bytes);
            lines.Add($"{reader.Offset} {reader.Timestamp} {key} {Encoding.UTF8.GetString(reader.Value.Bytes)}");
        }

        return [.. lines];
    }

    private RuntimeCore Open() => RuntimeCore.Open(Project, Options, new SequentialWorkers(Workers));

    /// <summary>Memory that is used as the test says.</summary>
    internal sealed class FakeMemory : IMemoryMeter
    {
        public long UsedBytes { get; set; }

        public int Collections { get; private set; }

        public void Collect() => Collections++;
    }
}
