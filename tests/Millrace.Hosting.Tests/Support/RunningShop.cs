using System.Text;
using Millrace.Hosting.Exporting;
using Millrace.Hosting.Running;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Storage.Disk;
using Xunit;

namespace Millrace.Hosting.Tests.Support;

/// <summary>
/// A runtime over a data folder of its own, with a stepped clock; may be stopped, abandoned and started again.
/// </summary>
internal sealed class RunningShop : IDisposable
{
    public const long StartMs = 1_704_103_200_000;

    private readonly string folder = Directory.CreateTempSubdirectory("millrace-hosting").FullName;

    public RunningShop(CompiledProject? project = null, IDisk? disk = null)
    {
        Project = project ?? TestProject.Compile(TestProject.Shop);
        Options = new RuntimeOptions
        {
            DataFolder = Path.Combine(folder, "data"),
            Clock = Clock,
            Disk = disk ?? new PosixDisk(),
        };
        Runtime = Start();
    }

    public CompiledProject Project { get; set; }

    public SteppedClock Clock { get; } = new(StartMs);

    public RuntimeOptions Options { get; set; }

    public MillraceRuntime Runtime { get; private set; }

    /// <summary>An ISO time so many seconds after the start.</summary>
    public static string At(double seconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(StartMs).AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    public static string Click(int id, string user, string item, double seconds) =>
        $"{{\"id\":\"{id}\",\"user\":\"{user}\",\"item\":\"{item}\",\"at\":\"{At(seconds)}\"}}";

    public void Stop() => Runtime.Stop();

    public void Abandon() => Runtime.Abandon();

    public void StartAgain() => Runtime = Start();

    /// <summary>Appends lines to a source and waits until the models have seen them.</summary>
    public async Task<AppendResult> Append(string source, string body, long? timestampMs = null)
    {
        AppendResult result = await Runtime.AppendAsync(source, Encoding.UTF8.GetBytes(body), timestampMs);
        Assert.Equal(AppendOutcome.Committed, result.Outcome);
        Assert.True(await Runtime.WaitForAsync(result.EndPosition), Runtime.GetStatus().Fault);
        return result;
    }

    public async Task<string[]> Rows(string model, ViewQuery query)
    {
        ViewAnswer answer = await Runtime.QueryAsync(model, query);
        Assert.Equal((ViewOutcome.Answered, null), (answer.Outcome, answer.Problem));
        return [.. answer.Rows.Select(r => (r.IsLive ? "live " : "") + Encoding.UTF8.GetString(r.Json.Span))];
    }

    /// <summary>
    /// Moves the clock on by seconds, each of which the log takes note of, until a model has a final row, or for two
    /// minutes.
    /// </summary>
    public async Task AdvanceUntilFinal(string model, long position)
    {
        for (int i = 0; i < 120; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await Runtime.WaitForAsync(++position));
            if ((await Rows(model, new ViewQuery { Parts = ViewParts.FinalOnly })).Length > 0)
            {
                break;
            }
        }
    }

    /// <summary>What the topics hold, per topic, as lines.</summary>
    public Dictionary<string, string[]> Export()
    {
        string target = Path.Combine(folder, "export");
        TopicExport.Write(new PosixDisk(), Options.DataFolder, null, target);
        return Directory.EnumerateFiles(target)
            .ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllLines);
    }

    public void Dispose()
    {
        Runtime.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private MillraceRuntime Start()
    {
        MillraceRuntime runtime = MillraceRuntime.Start(Project, Options);
        runtime.Ready.ContinueWith(static t => _ = t.Exception, TaskScheduler.Default);
        return runtime;
    }
}
